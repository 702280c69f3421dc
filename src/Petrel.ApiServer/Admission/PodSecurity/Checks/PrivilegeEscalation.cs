using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Processes may not get more rights than their parents have.</summary>
internal static class PrivilegeEscalation
{
    public static PodCheck Check { get; } = new("allowPrivilegeEscalation", SecurityLevel.Restricted, (8, Always), (25, static pod => pod.IsWindows ? null : Always(pod)));

    private static CheckFailure? Always(CheckedPod pod)
    {
        var bad = pod.Where(static container => container.Security?.AllowPrivilegeEscalation != false);
        return bad.Count == 0 ? null : new CheckFailure("allowPrivilegeEscalation != false", $"{Containers(bad)} must set securityContext.allowPrivilegeEscalation=false");
    }
}
