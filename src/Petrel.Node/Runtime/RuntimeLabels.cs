namespace Petrel.Node.Runtime;

/// <summary>Labels that tie what the runtime holds to pods; the names are those every node agent and log collector uses.</summary>
public static class RuntimeLabels
{
    public const string PodName = "io.kubernetes.pod.name";
    public const string PodNamespace = "io.kubernetes.pod.namespace";
    public const string PodUid = "io.kubernetes.pod.uid";
    public const string ContainerName = "io.kubernetes.container.name";
}
