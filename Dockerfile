# syntax=docker/dockerfile:1.7

FROM eclipse-temurin:25.0.3_9-jdk-noble AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/cache \
    ./mvnw --batch-mode -Dmaven.repo.local=/cache -DskipTests -Dspotless.check.skip package

FROM eclipse-temurin:25.0.3_9-jre-noble
RUN groupadd --system --gid 10001 tidemark \
 && useradd --system --uid 10001 --gid tidemark --home-dir /var/lib/tidemark --create-home tidemark
COPY --from=build /build/cli/target/app/lib /app/lib
# tidemark.yaml is mounted here; state, such as it is, lies in the home.
WORKDIR /etc/tidemark
ENV TIDEMARK_HOME=/var/lib/tidemark
USER 10001:10001
EXPOSE 8080
ENTRYPOINT ["java", "--enable-native-access=ALL-UNNAMED", "-XX:MaxRAMPercentage=75", \
            "-XX:+ExitOnOutOfMemoryError", "-cp", "/app/lib/*", "dev.tidemark.cli.Tidemark"]
CMD ["api"]
