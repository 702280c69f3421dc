using Petrel.Api.Resources;

namespace Petrel.Api.Policy;

/// <summary>A pod security policy as a row.</summary>
internal static class PodSecurityPolicyTable
{
    public static IReadOnlyList<Column> Columns { get; } =
    [
        Column.ObjectName,
        new("Priv", Description: "privileged determines if a pod can request to be run as privileged."),
        new("Caps", Description:
            "allowedCapabilities is a list of capabilities that can be requested to add to the container. Capabilities in this field may be added at the pod "
            + "author's discretion. You must not list a capability in both allowedCapabilities and requiredDropCapabilities."),
        new("Selinux", Description: "seLinux is the strategy that will dictate the allowable labels that may be set."),
        new("RunAsUser", Description: "runAsUser is the strategy that will dictate the allowable RunAsUser values that may be set."),
        new("FsGroup", Description: "fsGroup is the strategy that will dictate what fs group is used by the SecurityContext."),
        new("SupGroup", Description: "supplementalGroups is the strategy that will dictate what supplemental groups are used by the SecurityContext."),
        new("ReadOnlyRootFs", Description:
            "readOnlyRootFilesystem when set to true will force containers to run with a read only root file system.  If the container specifically requests to run "
            + "with a non-read only root file system the PSP should deny the pod. If set to false the container may run with a read only root file system if it wishes "
            + "but it will not be forced to."),
        new("Volumes", Description:
            "volumes is an allowlist of volume plugins. Empty indicates that no volumes may be used. To allow all volumes you may use '*'."),
    ];

    public static IReadOnlyList<object?> Cells(PodSecurityPolicy policy) =>
    [
        policy.Metadata.Name,
        policy.Spec.Privileged ? "true" : "false",
        string.Join(",", policy.Spec.AllowedCapabilities),
        policy.Spec.SeLinux.Rule,
        policy.Spec.RunAsUser.Rule,
        policy.Spec.FsGroup.Rule,
        policy.Spec.SupplementalGroups.Rule,
        policy.Spec.ReadOnlyRootFilesystem ? "true" : "false",
        string.Join(",", policy.Spec.Volumes),
    ];
}
