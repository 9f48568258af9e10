# The images of all services:
#   docker build --build-arg SERVICE=order -t gorder/order .
# SERVICE is a name of helm/files/services.json, such as standin (Stripe's stand-in, for development). The last stage
# is the image to run: Node, the C libraries that it is linked with, and one bundle. It has no shell and no package
# manager. `--target development` keeps sources and packages instead, for live update.
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY dev/npm dev/npm
RUN npm ci --ignore-scripts

FROM packages AS development
COPY --chown=10001:10001 . .
RUN npm run --silent build:web && chown -R 10001:10001 /app/dist
ARG SERVICE
ENV ENTRY=services/${SERVICE}/main.ts HOST=:: PORT=8080
USER 10001:10001
CMD ["sh", "-c", "exec node --watch --import tsx \"$ENTRY\""]

FROM packages AS root
# What ldd names is all that the node program loads; Debian's list of packages tells scanners which versions they are.
RUN mkdir -p -m 1777 /root-fs/tmp && mkdir -p /root-fs/var/lib/dpkg /root-fs/etc /root-fs/usr/local/bin \
 && cp "$(command -v node)" /root-fs/usr/local/bin/node \
 && ldd "$(command -v node)" | grep -o '/[^ )]*' | xargs -I{} cp --parents -L {} /root-fs \
 && dpkg-query -s libc6 libgcc-s1 libstdc++6 >/root-fs/var/lib/dpkg/status \
 && cp -L /etc/os-release /root-fs/etc/os-release

FROM packages AS build
COPY . .
ARG SERVICE
RUN node --import tsx dev/build/image.ts "${SERVICE}" /out

FROM scratch
COPY --from=root /root-fs/ /
COPY --from=build /out/ /app/
WORKDIR /app
ENV NODE_ENV=production HOST=:: PORT=8080 PATH=/usr/local/bin
# On a large machine V8 lets dead young objects pile up until they are the greater part of a service's memory: two spaces
# of 8 MB hold what is under way. glibc otherwise opens a heap for each of Node's threads, which it hardly ever gives back.
# In a bundle Node takes packages' code for ours, and would say in each log that one of them calls url.parse (DEP0169).
ENV NODE_OPTIONS="--max-semi-space-size=8 --disable-warning=DEP0169" MALLOC_ARENA_MAX=2
USER 10001:10001
ENTRYPOINT ["/usr/local/bin/node"]
CMD ["main.js"]
