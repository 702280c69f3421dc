using Petrel.ApiServer.Admission.PodSecurity.Checks;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>Holds pods to a level of the Pod Security Standards.</summary>
internal static class PodEvaluation
{
    // The controls of a level are reported in the order of their ids, those of baseline first.
    private static readonly PodCheck[] All =
    [
        AppArmor.Check,
        AddedCapabilities.Baseline,
        HostNamespaces.Check,
        HostPathVolumes.Check,
        HostPorts.Check,
        PrivilegedContainers.Check,
        ProcMount.Check,
        SELinux.Check,
        Seccomp.Baseline,
        Sysctls.Check,
        WindowsHostProcess.Check,
        PrivilegeEscalation.Check,
        AddedCapabilities.Restricted,
        RestrictedVolumes.Check,
        NonRoot.RunAsNonRoot,
        NonRoot.RunAsUser,
        Seccomp.Restricted,
    ];

    /// <summary>What the pod does against the level; empty when it may be.</summary>
    public static IReadOnlyList<CheckFailure> Failures(CheckedPod pod, LevelVersion policy)
    {
        if (policy.Level == SecurityLevel.Privileged)
        {
            return [];
        }

        var checks = All.Where(check => check.Level <= policy.Level).Select(check => (check.Id, check.Overrides, Run: check.At(policy.Minor))).Where(static check => check.Run is not null).ToList();
        var overridden = checks.Select(static check => check.Overrides).ToHashSet(StringComparer.Ordinal);
        return [.. checks.Where(check => !overridden.Contains(check.Id)).Select(check => check.Run!(pod)).OfType<CheckFailure>()];
    }
}
