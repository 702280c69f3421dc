using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Containers do not run as root: expressly so, and not by their user's number either.</summary>
internal static class NonRoot
{
    public static PodCheck RunAsNonRoot { get; } = new("runAsNonRoot", SecurityLevel.Restricted, (0, Stated));

    public static PodCheck RunAsUser { get; } = new("runAsUser", SecurityLevel.Restricted, (23, Zero));

    private static CheckFailure? Stated(CheckedPod pod)
    {
        const string Reason = "runAsNonRoot != true";
        var setters = Setters(pod.Security?.RunAsNonRoot == false, pod.Where(static container => container.Security?.RunAsNonRoot == false));
        if (setters.Count > 0)
        {
            return new CheckFailure(Reason, $"{string.Join(" and ", setters)} must not set securityContext.runAsNonRoot=false");
        }

        var silent = pod.Security?.RunAsNonRoot == true ? [] : pod.Where(static container => container.Security?.RunAsNonRoot is null);
        return silent.Count == 0 ? null : new CheckFailure(Reason, $"pod or {Containers(silent)} must set securityContext.runAsNonRoot=true");
    }

    private static CheckFailure? Zero(CheckedPod pod)
    {
        var setters = Setters(pod.Security?.RunAsUser == 0, pod.Where(static container => container.Security?.RunAsUser == 0));
        return setters.Count == 0 ? null : new CheckFailure("runAsUser=0", $"{string.Join(" and ", setters)} must not set runAsUser=0");
    }
}
