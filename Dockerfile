# One image for every role: `journal serve`, or editorial, public and worker each in a container of its own.
# Nothing secret goes in: addresses and the key file come from the environment and from the mounted folder.

FROM debian:12-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
RUN python3 -m venv /opt/uv && /opt/uv/bin/pip install --no-cache-dir uv==0.13.9
ENV UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_COMPILE_BYTECODE=1 UV_PROJECT_ENVIRONMENT=/opt/nullius
WORKDIR /source
# First what seldom changes: the locked packages, without the project.
COPY pyproject.toml uv.lock README.md LICENSE ./
RUN /opt/uv/bin/uv sync --locked --no-cache --no-default-groups --no-install-project
COPY workflows workflows
COPY storage storage
COPY templates templates
COPY journal journal
# Then the project itself, as a wheel: the image holds no source tree.
RUN /opt/uv/bin/uv sync --locked --no-cache --no-default-groups --no-editable

FROM debian:12-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libmagic1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --create-home --home-dir /var/lib/nullius --shell /usr/sbin/nologin nullius
COPY --from=build /opt/nullius /opt/nullius
# Inside a container nobody else listens, and the proxy comes from outside it.
ENV PATH=/opt/nullius/bin:$PATH PYTHONUNBUFFERED=1 \
    NULLIUS_EDITORIAL_BIND=0.0.0.0:8600 NULLIUS_PUBLIC_BIND=0.0.0.0:8601
EXPOSE 8600 8601
USER nullius
WORKDIR /var/lib/nullius
VOLUME /var/lib/nullius
ENTRYPOINT ["journal"]
CMD ["serve"]
