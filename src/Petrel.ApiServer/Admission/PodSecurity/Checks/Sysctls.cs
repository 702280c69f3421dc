namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Pods set only kernel parameters that are their own.</summary>
internal static class Sysctls
{
    private static readonly string[] Since0 =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
    ];

    private static readonly string[] Since27 = [.. Since0, "net.ipv4.ip_local_reserved_ports"];

    private static readonly string[] Since29 =
        [.. Since27, "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"];

    private static readonly string[] Since32 = [.. Since29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"];

    public static PodCheck Check { get; } = new(
        "sysctls",
        SecurityLevel.Baseline,
        (0, static pod => OfPod(pod, Since0)),
        (27, static pod => OfPod(pod, Since27)),
        (29, static pod => OfPod(pod, Since29)),
        (32, static pod => OfPod(pod, Since32)));

    private static CheckFailure? OfPod(CheckedPod pod, string[] allowed)
    {
        var bad = (pod.Security?.Sysctls ?? default).Select(static sysctl => sysctl.Name).Where(name => !allowed.Contains(name)).ToList();
        return bad.Count == 0 ? null : new CheckFailure("forbidden sysctls", string.Join(", ", bad));
    }
}
