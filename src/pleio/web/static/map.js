// A map of places and ties, drawn with WebGL.  Of a crowd every frame draws the places with most ties and the ties that
// carry most; a picture of all the others, drawn in slices once the map rests, lies behind them and moves with the map.

const CROWD = 3_000; // ties beyond which they are a crowd
const STRONG = 1_500; // ties of a crowd drawn in every frame
const LARGE = 800; // and places
const CLOSE = 4; // times nearer than the whole map: from there on a crowd's ties have signs, too
const LEAST = 1_000; // ties of a slice: some ms where the processor draws
const FIRST = 250; // ms between two looks at the first picture while it is drawn
const REST = 140; // ms without a move until the hairlines are drawn again
const NAMES = 60; // names at most, and fewer on a small screen
const TRIED = 400; // places in view that are tried for a name
const NEAR = 8; // px within which something is pointed at

const WHERE = `
uniform vec2 size; uniform vec3 camera; uniform float grow;
vec2 at(vec2 place) { return (place - camera.xy) * camera.z + size / 2.0; }
vec4 clip(vec2 px) { vec2 p = px / size * 2.0 - 1.0; return vec4(p.x, -p.y, 0.0, 1.0); }`;
const LOOK = `
uniform vec3 palette[12];
vec3 hue(uint look) { return palette[min(look & 15u, 11u)]; }`;
const FLAT = `flat in vec4 colour; out vec4 painted; void main() { painted = colour; }`;

const HAIR = [`${WHERE}${LOOK}
in vec2 place; in uint look; uniform float alpha; flat out vec4 colour;
void main() { gl_Position = clip(at(place)); colour = vec4(hue(look) * alpha, alpha); }`, FLAT];

const PLACE = [`${WHERE}
in vec2 place; in float radius; uniform float dots; uniform int middle; uniform int pointed; uniform vec3 ink[4];
flat out vec3 colour; flat out vec3 rim; flat out float wide;
void main() {
  gl_Position = clip(at(place));
  wide = radius * grow * dots;
  rim = ink[3];
  gl_PointSize = 2.0 * wide + 2.0;
  colour = gl_VertexID == pointed ? ink[0] : gl_VertexID == middle ? ink[1] : ink[2];
}`, `
flat in vec3 colour; flat in vec3 rim; flat in float wide; out vec4 painted;
void main() {
  float inside = wide + 0.5 - length((gl_PointCoord - 0.5) * (2.0 * wide + 2.0)), a = clamp(inside, 0.0, 1.0);
  painted = vec4(mix(colour, rim, wide > 3.0 ? clamp(2.0 - inside, 0.0, 1.0) : 0.0) * a, a);
}`];

// a band around each tie; within it the fragment finds the line and the sign at its end: arrow, bar or ring
const TIE = [`${WHERE}${LOOK}
in vec4 ends; in vec2 radii; in uint look; uniform vec4 lit;
out vec2 here; flat out float begin; flat out vec3 colour; flat out uint kind;
void main() {
  vec2 a = at(ends.xy), b = at(ends.zw), along = b - a;
  float whole = max(length(along), 0.01);
  along /= whole;
  vec2 across = vec2(-along.y, along.x), corner = vec2(gl_VertexID & 1, gl_VertexID >> 1);
  float far = corner.x * whole, side = (corner.y * 2.0 - 1.0) * 7.0;
  gl_Position = clip(a + along * far + across * (side + 1.5));
  here = vec2(whole - far - radii.y * grow - 1.0, side);
  begin = whole - (radii.x + radii.y) * grow - 1.0;
  colour = mix(hue(look), lit.rgb, lit.a);
  kind = look;
}`, `
in vec2 here; flat in float begin; flat in vec3 colour; flat in uint kind; out vec4 painted; uniform float alpha; uniform float thick;
float within(float d) { return clamp(0.5 - d, 0.0, 1.0); }
void main() {
  uint effect = kind >> 5u;
  bool contested = (kind & 16u) != 0u;
  float d = here.x, side = abs(here.y), head = effect == 0u ? 5.0 : effect == 1u ? 0.0 : 7.0;
  float line = within(side - thick * (contested ? 1.1 : 0.75)) * step(head, d) * step(d, begin);
  if (contested) line *= step(mod(d, 9.0), 5.5);
  float sign = effect == 0u ? within(side - 0.45 * d) * step(d, 8.5) * step(0.0, d)
    : effect == 1u ? within(abs(d - 1.0) - 1.0) * within(side - 4.5)
    : within(abs(length(vec2(d - 3.5, side)) - 3.0) - 0.6);
  float a = max(line, sign) * alpha;
  if (a <= 0.0) discard;
  painted = vec4(colour * a, a);
}`];

const PICTURE = [`
void main() { gl_Position = vec4(vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0, 0.0, 1.0); }`, `
uniform vec2 size; uniform vec3 camera; uniform vec3 taken; uniform float dots; uniform sampler2D picture; out vec4 painted;
void main() {
  vec2 px = vec2(gl_FragCoord.x / dots, size.y - gl_FragCoord.y / dots);
  vec2 then = (((px - size / 2.0) / camera.z + camera.xy - taken.xy) * taken.z + size / 2.0) / size;
  if (any(lessThan(then, vec2(0.0))) || any(greaterThan(then, vec2(1.0)))) discard;
  painted = texture(picture, vec2(then.x, 1.0 - then.y));
}`];

// data: x, y, degree by place; source, target, look by tie, those that carry most first; name(place)
// told: painted, after each frame; whole, when all ties are seen; parted, when they no longer are; lost, with the canvas
export function drawMap(box, data, colours, told) {
  const canvas = box.appendChild(document.createElement("canvas"));
  const words = box.appendChild(document.createElement("canvas"));
  const gl = canvas.getContext("webgl2", { antialias: false });
  if (!gl) throw new Error("no WebGL");
  const pen = words.getContext("2d");
  const places = data.x.length, ties = data.source.length, strong = ties > CROWD ? STRONG : ties;
  const crowd = ties > CROWD;
  const large = crowd ? Math.min(LARGE, places) : places;
  const radius = Float32Array.from(data.degree, (degree) => (crowd ? Math.max(0.8, Math.min(7, 0.3 * Math.sqrt(degree))) : Math.max(3, Math.min(14, 1.6 * Math.sqrt(degree)))));
  const order = [...data.degree.keys()].sort((a, b) => data.degree[b] - data.degree[a] || a - b);
  const spread = stretch(box, data);
  const rank = new Int32Array(places);
  order.forEach((i, n) => { rank[i] = n; });
  const at = new Float32Array(2 * places);
  for (let i = 0; i < places; i += 1) { at[2 * i] = data.x[i] * spread.x; at[2 * i + 1] = data.y[i] * spread.y; }

  const hair = program(gl, HAIR), tie = program(gl, TIE), place = program(gl, PLACE), picture = program(gl, PICTURE);
  const placeArray = array(gl, place, { place: [Float32Array.from({ length: 2 * places }, (_, n) => at[2 * order[n >> 1] + (n & 1)]), 2], radius: [Float32Array.from(order, (i) => radius[i]), 1] });
  const strongArray = tieArray(strong, (n) => n);
  const hairArray = crowd ? array(gl, hair, hairs()) : null;
  let litArray = null, litCount = 0;

  const extent = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (let i = 0; i < places; i += 1) {
    extent.left = Math.min(extent.left, at[2 * i]);
    extent.right = Math.max(extent.right, at[2 * i]);
    extent.top = Math.min(extent.top, at[2 * i + 1]);
    extent.bottom = Math.max(extent.bottom, at[2 * i + 1]);
  }
  const centre = { x: (extent.left + extent.right) / 2, y: (extent.top + extent.bottom) / 2 };
  const camera = { ...centre, k: 1 };
  let width = 1, height = 1, dots = 1, home = 1;
  let shown = null, next = null; // pictures: the last whole one, the one that is being drawn
  let spare = [], asked = 0, moved = -REST, glide = null, dirty = true, pointed = -1;
  let slice = LEAST, looked = 0;

  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const seen = new ResizeObserver(fit);
  seen.observe(box);
  fit();
  canvas.addEventListener("webglcontextlost", told.lost);

  function hairs() {
    const line = new Float32Array(4 * ties), look = new Uint8Array(2 * ties);
    for (let n = 0; n < ties; n += 1) {
      const a = data.source[n], b = data.target[n];
      line[4 * n] = at[2 * a]; line[4 * n + 1] = at[2 * a + 1]; line[4 * n + 2] = at[2 * b]; line[4 * n + 3] = at[2 * b + 1];
      look[2 * n] = look[2 * n + 1] = data.look[n];
    }
    return { place: [line, 2], look: [look, 1] };
  }

  function tieArray(count, which) {
    const ends = new Float32Array(4 * count), radii = new Float32Array(2 * count), look = new Uint8Array(count);
    for (let i = 0; i < count; i += 1) {
      const n = which(count - 1 - i), a = data.source[n], b = data.target[n]; // what carries most is drawn last, above
      ends.set([at[2 * a], at[2 * a + 1], at[2 * b], at[2 * b + 1]], 4 * i);
      radii.set([radius[a], radius[b]], 2 * i);
      look[i] = data.look[n];
    }
    return array(gl, tie, { ends: [ends, 4], radii: [radii, 2], look: [look, 1] }, 1);
  }

  function fit() {
    const now = box.getBoundingClientRect();
    if (!now.width || !now.height) return;
    const zoom = camera.k / home;
    [width, height, dots] = [now.width, now.height, Math.min(2, devicePixelRatio || 1)];
    for (const each of [canvas, words]) { each.width = Math.round(width * dots); each.height = Math.round(height * dots); }
    home = Math.min((width - 70) / (extent.right - extent.left || 1), (height - 50) / (extent.bottom - extent.top || 1));
    camera.k = zoom * home;
    for (const each of [shown, next, ...spare]) drop(each);
    [shown, next, spare] = [null, null, []];
    change();
  }

  function drop(one) {
    if (!one) return;
    gl.deleteTexture(one.texture);
    gl.deleteFramebuffer(one.frame);
    if (one.fence) gl.deleteSync(one.fence);
  }

  function blank() {
    const one = spare.pop() || { texture: gl.createTexture(), frame: gl.createFramebuffer() };
    gl.bindTexture(gl.TEXTURE_2D, one.texture);
    gl.bindFramebuffer(gl.FRAMEBUFFER, one.frame);
    if (!one.sized) {
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, canvas.width, canvas.height, 0, gl.RGBA, gl.UNSIGNED_BYTE, null);
      for (const edge of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, edge, gl.CLAMP_TO_EDGE);
      for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR);
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, one.texture, 0);
    }
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    return Object.assign(one, { sized: true, camera: { ...camera }, done: 0, fence: null, waits: 0 });
  }

  function change() {
    moved = performance.now();
    told.parted();
    if (next) {
      if (next.fence) gl.deleteSync(next.fence);
      next.fence = null;
      spare.push(next);
      next = null;
    }
    touch();
  }

  function touch() {
    dirty = true;
    if (!asked) asked = requestAnimationFrame(tick);
  }

  const current = () => shown && shown.camera.x === camera.x && shown.camera.y === camera.y && shown.camera.k === camera.k;

  function tick(now) {
    asked = 0;
    if (glide) step(now);
    const resting = !glide && now - moved > (shown ? REST : 0);
    if (hairArray && resting && !current()) drawSlice(now);
    if (dirty) paint();
    if (glide || (hairArray && !current())) asked = asked || requestAnimationFrame(tick);
    else if (!hairArray || current()) told.whole();
  }

  // A slice is as many as the graphics process draws between two frames; what it has not finished is waited for.
  function drawSlice(now) {
    next = next || blank();
    if (next.fence) {
      if (gl.getSyncParameter(next.fence, gl.SYNC_STATUS) !== gl.SIGNALED) { next.waits += 1; return; }
      gl.deleteSync(next.fence);
      const least = now - moved < 1000 ? LEAST : 4 * LEAST; // who has looked for a second is not about to move
      slice = Math.round(Math.max(least, Math.min(50_000, slice * (next.waits ? 0.7 : 1.3))));
      Object.assign(next, { fence: null, waits: 0 });
    }
    const lines = ties - strong, all = lines + places - large;
    if (next.done < all) {
      const begin = next.done, end = Math.min(begin < lines ? lines : all, begin + slice);
      gl.bindFramebuffer(gl.FRAMEBUFFER, next.frame);
      gl.viewport(0, 0, canvas.width, canvas.height);
      if (begin < lines) drawHairs(strong + begin, end - begin, Math.max(0.06, Math.min(0.6, 5_000 / ties)));
      else drawPlaces(large + begin - lines, end - begin);
      next.done = end;
      next.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      if (!shown && now - looked > FIRST) [dirty, looked] = [true, now];
    } else {
      if (shown) spare.push(shown);
      [shown, next, dirty] = [next, null, true];
    }
  }

  function drawHairs(begin, count, alpha) {
    use(hair, { alpha });
    gl.bindVertexArray(hairArray);
    gl.drawArrays(gl.LINES, 2 * begin, 2 * count);
  }

  function drawPlaces(begin, count) {
    use(place, { middle: data.middle < 0 ? -1 : rank[data.middle], pointed: pointed < 0 ? -1 : rank[pointed], ink: colours().ink });
    gl.bindVertexArray(placeArray);
    gl.drawArrays(gl.POINTS, begin, count);
  }

  function use(which, values) {
    gl.useProgram(which.program);
    const all = { size: [width, height], camera: [camera.x, camera.y, camera.k], grow: grown(), dots, palette: colours().palette, ...values };
    for (const [name, { place: where, set }] of Object.entries(which.uniforms)) set(where, all[name]);
  }

  function grown() { return Math.max(0.7, Math.min(2.2, Math.sqrt(camera.k / home))); }

  function paint() {
    dirty = false;
    const { ink } = colours();
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const behind = shown || next;
    if (behind) {
      gl.bindTexture(gl.TEXTURE_2D, behind.texture);
      use(picture, { taken: [behind.camera.x, behind.camera.y, behind.camera.k], picture: 0 });
      gl.bindVertexArray(null);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    }
    if (crowd && camera.k < CLOSE * home) drawHairs(0, strong, 0.5);
    else {
      use(tie, { lit: [0, 0, 0, 0], thick: 1, alpha: 1 });
      gl.bindVertexArray(strongArray);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, strong);
    }
    if (litArray) {
      use(tie, { lit: [...ink.slice(0, 3), 1], thick: 1, alpha: 1 });
      gl.bindVertexArray(litArray);
      gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, litCount);
    }
    drawPlaces(0, large);
    if (rank[pointed] >= large) drawPlaces(rank[pointed], 1);
    write();
    told.painted();
  }

  // names of the places with most ties, none over another
  function write() {
    const most = Math.min(NAMES, Math.round(width * height / 9_000)), taken = [];
    let tried = 0;
    const { words: colour, paper } = colours();
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    pen.clearRect(0, 0, width, height);
    pen.textBaseline = "middle";
    pen.lineJoin = "round";
    const put = (i, force) => {
      const [x, y] = screen(i);
      if (x < 0 || y < 0 || x > width || y > height) return;
      tried += 1;
      pen.font = `${force ? 600 : 400} 12px sans-serif`;
      const length = pen.measureText(data.name(i)).width, r = radius[i] * grown();
      const left = x + r + 4 + length > width ? x - r - 4 - length : x + r + 4;
      if (!force && taken.some((one) => left < one[1] && left + length > one[0] && Math.abs(y - one[2]) < 15)) return;
      taken.push([left - 3, left + length + 3, y]);
      pen.strokeStyle = paper;
      pen.lineWidth = 3;
      pen.strokeText(data.name(i), left, y);
      pen.fillStyle = colour;
      pen.fillText(data.name(i), left, y);
    };
    for (const i of [pointed, data.middle]) if (i >= 0) put(i, true);
    for (let n = 0; n < order.length && taken.length < most && tried < TRIED; n += 1) if (order[n] !== pointed && order[n] !== data.middle) put(order[n], false);
  }

  function screen(i) { return [(at[2 * i] - camera.x) * camera.k + width / 2, (at[2 * i + 1] - camera.y) * camera.k + height / 2]; }

  // the place at a point of the box, else the tie that is nearest to it
  function what(px, py) {
    let best = NEAR, found = { place: -1, tie: -1 };
    for (let i = 0; i < places; i += 1) {
      const [x, y] = screen(i), away = Math.hypot(x - px, y - py) - radius[i] * grown();
      if (away < best) [best, found] = [away, { place: i, tie: -1 }];
    }
    if (found.place >= 0) return found;
    best = NEAR / 2;
    for (let n = 0; n < ties; n += 1) {
      const [ax, ay] = screen(data.source[n]), [bx, by] = screen(data.target[n]);
      if ((px < ax - NEAR && px < bx - NEAR) || (px > ax + NEAR && px > bx + NEAR) || (py < ay - NEAR && py < by - NEAR) || (py > ay + NEAR && py > by + NEAR)) continue;
      const dx = bx - ax, dy = by - ay, share = Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / (dx * dx + dy * dy || 1)));
      const away = Math.hypot(ax + share * dx - px, ay + share * dy - py);
      if (away < best) [best, found] = [away, { place: -1, tie: n }];
    }
    return found;
  }

  // lift what is pointed at: a place with its ties, or one tie
  function point({ place: onto, tie: along }) {
    const lit = [];
    for (let n = 0; n < ties && lit.length < CROWD; n += 1) if (n === along || (onto >= 0 && (data.source[n] === onto || data.target[n] === onto))) lit.push(n);
    [pointed, litCount] = [onto, lit.length];
    if (litArray) release(gl, litArray);
    litArray = lit.length ? tieArray(lit.length, (i) => lit[i]) : null;
    touch();
  }

  function step(now) {
    const share = Math.min(1, (now - glide.begun) / glide.lasts), soft = share * (2 - share);
    camera.x = glide.from.x + (glide.to.x - glide.from.x) * soft;
    camera.y = glide.from.y + (glide.to.y - glide.from.y) * soft;
    camera.k = glide.from.k * (glide.to.k / glide.from.k) ** soft;
    if (share === 1) glide = null;
    change();
  }

  // lasts: ms that the way there takes
  function go(to, lasts = 0) {
    const wanted = { ...(glide ? glide.to : camera), ...to };
    wanted.k = Math.max(home / 4, Math.min(home * 60, wanted.k));
    glide = lasts ? { from: { ...camera }, to: wanted, begun: performance.now(), lasts } : null;
    if (!lasts) Object.assign(camera, wanted);
    change();
  }

  const aim = () => (glide ? glide.to : camera);
  return {
    strong,
    what,
    point,
    pan(dx, dy, lasts) { go({ x: aim().x - dx / aim().k, y: aim().y - dy / aim().k }, lasts); },
    zoom(by, px, py, lasts) {
      const now = aim(), k = Math.max(home / 4, Math.min(home * 60, now.k * by));
      const x = px === undefined ? 0 : px - width / 2, y = py === undefined ? 0 : py - height / 2;
      go({ k, x: now.x + x / now.k - x / k, y: now.y + y / now.k - y / k }, lasts);
    },
    whole(lasts) { go({ ...centre, k: home }, lasts); },
    recolour() { drop(shown); shown = null; change(); },
    size: () => [width, height],
  };
}

// a wide box has its places drawn apart sideways, a tall one lengthwise
function stretch(box, data) {
  const { width, height } = box.getBoundingClientRect(), shape = width / (height || 1);
  return data.x.length < 2 ? { x: 1, y: 1 } : { x: Math.max(1, Math.min(1.8, shape)), y: Math.max(1, Math.min(1.8, 1 / shape)) };
}

function program(gl, [vertex, fragment]) {
  const made = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, `#version 300 es\nprecision highp float; precision highp int;\n${source}`);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) || "the map's program does not link");
  const setters = { [gl.FLOAT]: "uniform1f", [gl.INT]: "uniform1i", [gl.SAMPLER_2D]: "uniform1i", [gl.FLOAT_VEC2]: "uniform2fv", [gl.FLOAT_VEC3]: "uniform3fv", [gl.FLOAT_VEC4]: "uniform4fv" };
  const uniforms = {};
  for (let i = 0; i < gl.getProgramParameter(made, gl.ACTIVE_UNIFORMS); i += 1) {
    const { name, type } = gl.getActiveUniform(made, i);
    uniforms[name.replace("[0]", "")] = { place: gl.getUniformLocation(made, name), set: (where, value) => gl[setters[type]](where, value) };
  }
  return { program: made, uniforms };
}

// columns by the name of their attribute: values, and how many belong together; whole numbers stay whole
function array(gl, { program: of }, columns, each = 0) {
  const made = gl.createVertexArray();
  gl.bindVertexArray(made);
  made.buffers = Object.entries(columns).map(([name, [values, width]]) => {
    const where = gl.getAttribLocation(of, name), buffer = gl.createBuffer();
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, values, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(where);
    if (values instanceof Uint8Array) gl.vertexAttribIPointer(where, width, gl.UNSIGNED_BYTE, 0, 0);
    else gl.vertexAttribPointer(where, width, gl.FLOAT, false, 0, 0);
    gl.vertexAttribDivisor(where, each);
    return buffer;
  });
  gl.bindVertexArray(null);
  return made;
}

function release(gl, made) {
  for (const buffer of made.buffers) gl.deleteBuffer(buffer);
  gl.deleteVertexArray(made);
}
