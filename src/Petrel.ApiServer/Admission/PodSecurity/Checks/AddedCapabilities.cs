using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Containers add no capabilities to those that they have anyway; restricted ones give them all up but for low ports.</summary>
internal static class AddedCapabilities
{
    private static readonly string[] Harmless =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ];

    public static PodCheck Baseline { get; } = new("capabilities_baseline", SecurityLevel.Baseline, (0, NonDefault));

    public static PodCheck Restricted { get; } = new("capabilities_restricted", SecurityLevel.Restricted, (22, Unrestricted), (25, static pod => pod.IsWindows ? null : Unrestricted(pod)))
    {
        Overrides = "capabilities_baseline",
    };

    private static CheckFailure? NonDefault(CheckedPod pod) => Adding(pod, Harmless) is { } detail ? new CheckFailure("non-default capabilities", detail) : null;

    private static CheckFailure? Unrestricted(CheckedPod pod)
    {
        var details = new List<string>();
        var keeping = pod.Where(static container => container.Security?.Capabilities is not { } capabilities || !capabilities.Drop.Contains("ALL"));
        if (keeping.Count > 0)
        {
            details.Add($"{Containers(keeping)} must set securityContext.capabilities.drop=[\"ALL\"]");
        }

        if (Adding(pod, ["NET_BIND_SERVICE"]) is { } adding)
        {
            details.Add(adding);
        }

        return details.Count == 0 ? null : new CheckFailure("unrestricted capabilities", string.Join("; ", details));
    }

    private static string? Adding(CheckedPod pod, string[] allowed)
    {
        IEnumerable<string> Bad(CheckedContainer container) => (container.Security?.Capabilities?.Add ?? default).Where(name => !allowed.Contains(name));
        var containers = pod.Where(container => Bad(container).Any());
        return containers.Count == 0 ? null : $"{Containers(containers)} must not include {Quoted(Sorted(pod.Containers.SelectMany(Bad)))} in securityContext.capabilities.add";
    }
}
