using static Petrel.ApiServer.Admission.PodSecurity.CheckText;

namespace Petrel.ApiServer.Admission.PodSecurity.Checks;

/// <summary>Windows containers do not run as processes of their node.</summary>
internal static class WindowsHostProcess
{
    public static PodCheck Check { get; } = new("windowsHostProcess", SecurityLevel.Baseline, (0, OfPod));

    private static CheckFailure? OfPod(CheckedPod pod)
    {
        var setters = Setters(pod.Security?.WindowsOptions?.HostProcess == true, pod.Where(static container => container.Security?.WindowsOptions?.HostProcess == true));
        return setters.Count == 0 ? null : new CheckFailure("hostProcess", $"{string.Join(" and ", setters)} must not set securityContext.windowsOptions.hostProcess=true");
    }
}
