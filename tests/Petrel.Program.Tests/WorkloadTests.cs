namespace Petrel.Program.Tests;

/// <summary>What users run: real containers through the real kubectl.</summary>
[Collection(ClusterTests.Name)]
public class WorkloadTests(Cluster cluster)
{
    private const string Web = """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: page}
        data: {index.html: "hello from the cluster\n"}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - name: web
                image: local/busybox:1
                command: [httpd, -f, -p, "8080", -h, /www]
                ports: [{name: http, containerPort: 8080}]
                readinessProbe: {httpGet: {path: /index.html, port: http}, periodSeconds: 1}
                volumeMounts: [{name: page, mountPath: /www}]
              volumes: [{name: page, configMap: {name: page}}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}]}
        """;

    [ClusterTheory]
    [MemberData(nameof(KubectlVersions.OldestAndNewest), MemberType = typeof(KubectlVersions))]
    public async Task A_deployment_behind_a_service_is_reached_by_name_from_a_shell(string program)
    {
        var space = await cluster.NewNamespaceAsync("main-job" + program.Replace(".", "", StringComparison.Ordinal));
        (await cluster.VersionAsync(program, Web, "apply", "-n", space, "-f", "-")).Succeeded();
        (await cluster.VersionAsync(program, null, "rollout", "status", "deployment/web", "-n", space, "--timeout=120s")).Succeeded();

        // What a container writes before kubectl is attached is not shown, so it waits for the first line.
        var fetched = (await cluster.VersionAsync(
            program,
            "go\n", "run", "shell", "-n", space, "--image=local/busybox:1", "--rm", "-i", "--restart=Never", "--quiet", "--", "sh", "-c",
            $"read go; for name in web web.{space} web.{space}.svc.cluster.local; do wget -q -O - http://$name/index.html; done; " +
            $"nslookup web | grep -c 'Name:.*web.{space}.svc.cluster.local'; nslookup web.{space}.svc.cluster.local | grep -c 'Name:'")).Succeeded();
        Assert.Equal(["hello from the cluster", "hello from the cluster", "hello from the cluster", "1", "1"], fetched.Split('\n'));

        (await cluster.VersionAsync(program, null, "scale", "deployment/web", "-n", space, "--replicas=1")).Succeeded();
        (await cluster.VersionAsync(program, null, "wait", "deployment/web", "-n", space, "--for=jsonpath={.status.replicas}=1", "--timeout=60s")).Succeeded();
        (await cluster.VersionAsync(program, null, "delete", "namespace", space, "--timeout=120s")).Succeeded();
    }

    [ClusterFact]
    public async Task Rollouts_have_a_history_and_can_be_undone()
    {
        var space = await cluster.NewNamespaceAsync("rollouts");
        (await cluster.KubectlAsync(null, "create", "deployment", "d", "-n", space, "--image=local/busybox:1", "--replicas=2", "--", "sleep", "1000000")).Succeeded();
        (await cluster.KubectlAsync(null, "rollout", "status", "deployment/d", "-n", space, "--timeout=120s")).Succeeded();
        (await cluster.KubectlAsync(null, "set", "env", "deployment/d", "-n", space, "A=1")).Succeeded();
        (await cluster.KubectlAsync(null, "rollout", "status", "deployment/d", "-n", space, "--timeout=120s")).Succeeded();
        Assert.Matches(@"(?s)1 .*2 ", (await cluster.KubectlAsync(null, "rollout", "history", "deployment/d", "-n", space)).Succeeded());

        (await cluster.KubectlAsync(null, "rollout", "undo", "deployment/d", "-n", space)).Succeeded();
        (await cluster.KubectlAsync(null, "rollout", "status", "deployment/d", "-n", space, "--timeout=120s")).Succeeded();
        Assert.Equal("", (await cluster.KubectlAsync(null, "get", "deployment/d", "-n", space, "-o", "jsonpath={.spec.template.spec.containers[0].env}")).Succeeded());
        (await cluster.KubectlAsync(null, "rollout", "restart", "deployment/d", "-n", space)).Succeeded();
        (await cluster.KubectlAsync(null, "rollout", "status", "deployment/d", "-n", space, "--timeout=120s")).Succeeded();
    }

    [ClusterFact]
    public async Task What_goes_wrong_with_a_container_is_said_as_upstream_says_it()
    {
        var space = await cluster.NewNamespaceAsync("trouble");
        (await cluster.KubectlAsync(null, "run", "no-image", "-n", space, "--image=127.0.0.1:1/none:1")).Succeeded();
        (await cluster.KubectlAsync(null, "run", "crash", "-n", space, "--image=local/busybox:1", "--", "sh", "-c", "echo last words; exit 7")).Succeeded();
        (await cluster.KubectlAsync(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: sick}
            spec:
              terminationGracePeriodSeconds: 1
              containers:
              - {name: c, image: "local/busybox:1", command: [sleep, "1000000"], livenessProbe: {exec: {command: ["false"]}, periodSeconds: 1, failureThreshold: 1}}
            """, "apply", "-n", space, "-f", "-")).Succeeded();

        await WaitForAsync(space, "pod/no-image", "{.status.containerStatuses[0].state.waiting.reason}", "ImagePullBackOff");
        await WaitForAsync(space, "pod/crash", "{.status.containerStatuses[0].state.waiting.reason}", "CrashLoopBackOff");
        await WaitForAsync(space, "pod/crash", "{.status.containerStatuses[0].lastState.terminated.exitCode}", "7");
        Assert.Equal("last words", (await cluster.KubectlAsync(null, "logs", "crash", "-n", space, "--previous")).Succeeded());
        await WaitForAsync(space, "pod/sick", "{.status.containerStatuses[0].restartCount}", "1");
        var events = (await cluster.KubectlAsync(null, "get", "events", "-n", space, "-o", "jsonpath={range .items[*]}{.reason}: {.message}{\"\\n\"}{end}")).Succeeded();
        Assert.Contains("Failed: Failed to pull image \"127.0.0.1:1/none:1\"", events, StringComparison.Ordinal);
        Assert.Contains("BackOff: Back-off restarting failed container crash in pod crash", events, StringComparison.Ordinal);
        Assert.Contains("Killing: Container c failed liveness probe, will be restarted", events, StringComparison.Ordinal);
    }

    private async Task WaitForAsync(string space, string what, string path, string value) =>
        (await cluster.KubectlAsync(null, "wait", what, "-n", space, $"--for=jsonpath={path}={value}", "--timeout=120s")).Succeeded();
}
