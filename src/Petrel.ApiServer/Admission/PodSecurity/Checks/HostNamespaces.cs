namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Pods have network, processes and messages of their own.</summary>
internal static class HostNamespaces
{
    public static PodCheck Check { get; } = new("hostNamespaces", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var shared = new[] { (pod.Spec.HostNetwork, "hostNetwork=true"), (pod.Spec.HostPID, "hostPID=true"), (pod.Spec.HostIPC, "hostIPC=true") };
        var used = shared.Where(static entry => entry.Item1).Select(static entry => entry.Item2).ToList();
        return used.Count == 0 ? null : new CheckFailure("host namespaces", string.Join(", ", used));
    }
}
