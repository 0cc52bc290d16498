// A job's page moves with the job: progress by server-sent events; when it is over the page is loaded again, once.

const page = document.getElementById("job");
if (page && !["done", "failed", "cancelled"].includes(page.dataset.state)) follow(page);

function follow(page) {
  const events = new EventSource(page.dataset.events);
  let state = page.dataset.state;
  events.addEventListener("job", (event) => {
    const job = JSON.parse(event.data);
    const share = job.state === "done" ? 1 : job.total ? Math.min(1, job.done / job.total) : 0;
    document.getElementById("share").value = share;
    document.getElementById("percent").textContent = `${Math.round(100 * share)} %`;
    const said = document.getElementById("said");
    const tag = document.createElement("span");
    tag.className = `tag state-${job.state}`;
    tag.textContent = job.state;
    const counted = job.total ? `: ${job.done.toLocaleString("en")} of ${job.total.toLocaleString("en")}` : "";
    const words = job.state === "running" ? `${job.stage}${counted}` : job.state === "queued" ? "waits for its turn" : "";
    said.replaceChildren(tag, ` ${words}`);
    said.setAttribute("aria-live", state === job.state ? "off" : "polite"); // not every number is read aloud
    state = job.state;
  });
  events.addEventListener("over", () => { events.close(); location.reload(); });
}
