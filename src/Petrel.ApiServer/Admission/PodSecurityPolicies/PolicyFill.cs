using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Policy;

namespace Petrel.ApiServer.Admission.PodSecurityPolicies;

/// <summary>Gives a pod what a policy gives to those who ask for nothing.</summary>
internal static class PolicyFill
{
    private const string MustRunAs = "MustRunAs";

    public static Pod Fill(Pod pod, PodSecurityPolicySpec policy)
    {
        var given = pod.Spec.SecurityContext ?? PodSecurityContext.Empty;
        var filled = given with
        {
            SupplementalGroups = given.SupplementalGroups.IsEmpty && FirstOf(policy.SupplementalGroups) is { } group ? [group] : given.SupplementalGroups,
            FsGroup = given.FsGroup ?? FirstOf(policy.FsGroup),
            SeLinuxOptions = given.SeLinuxOptions ?? Context(policy),
        };
        var spec = pod.Spec with
        {
            SecurityContext = filled == given ? pod.Spec.SecurityContext : filled,
            RuntimeClassName = pod.Spec.RuntimeClassName ?? policy.RuntimeClass?.DefaultRuntimeClassName,
        };
        return pod with
        {
            Spec = spec with
            {
                Containers = spec.Containers.ConvertAll(container => Fill(container, filled, policy)),
                InitContainers = spec.InitContainers.ConvertAll(container => Fill(container, filled, policy)),
            },
        };
    }

    private static Container Fill(Container container, PodSecurityContext pod, PodSecurityPolicySpec policy)
    {
        var given = container.SecurityContext ?? SecurityContext.Empty;
        var runAsUser = given.RunAsUser ?? (pod.RunAsUser is null && policy.RunAsUser.Rule == MustRunAs ? First(policy.RunAsUser.Ranges) : null);
        var filled = given with
        {
            RunAsUser = runAsUser,
            RunAsGroup = given.RunAsGroup ?? (pod.RunAsGroup is null && policy.RunAsGroup is { Rule: MustRunAs } groups ? First(groups.Ranges) : null),
            RunAsNonRoot = given.RunAsNonRoot ?? (policy.RunAsUser.Rule == "MustRunAsNonRoot" && pod.RunAsNonRoot is null && (runAsUser ?? pod.RunAsUser) is null ? true : null),
            SeLinuxOptions = given.SeLinuxOptions ?? (pod.SeLinuxOptions is null ? Context(policy) : null),
            Capabilities = Fill(given.Capabilities, policy),
            ReadOnlyRootFilesystem = given.ReadOnlyRootFilesystem ?? (policy.ReadOnlyRootFilesystem ? true : null),
            AllowPrivilegeEscalation = given.AllowPrivilegeEscalation ?? policy.DefaultAllowPrivilegeEscalation ?? (policy.AllowPrivilegeEscalation == false ? false : null),
        };
        return filled == given ? container : container with { SecurityContext = filled };
    }

    private static Capabilities? Fill(Capabilities? given, PodSecurityPolicySpec policy)
    {
        if (policy.DefaultAddCapabilities.IsEmpty && policy.RequiredDropCapabilities.IsEmpty)
        {
            return given;
        }

        var capabilities = given ?? Capabilities.Empty;
        return capabilities with
        {
            Add = With(capabilities.Add, policy.DefaultAddCapabilities.Where(capability => !capabilities.Drop.Contains(capability))),
            Drop = With(capabilities.Drop, policy.RequiredDropCapabilities),
        };
    }

    private static ApiList<string> With(ApiList<string> list, IEnumerable<string> others) =>
        others.Where(other => !list.Contains(other)).ToList() is { Count: > 0 } missing ? [.. list, .. missing] : list;

    private static long? FirstOf(GroupStrategyOptions options) => options.Rule == MustRunAs ? First(options.Ranges) : null;

    private static long? First(ApiList<IDRange> ranges) => ranges.IsEmpty ? null : ranges[0].Min;

    private static SELinuxOptions? Context(PodSecurityPolicySpec policy) => policy.SeLinux.Rule == MustRunAs ? policy.SeLinux.SeLinuxOptions : null;
}
