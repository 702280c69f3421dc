using Petrel.Api.Validation;

namespace Petrel.Api.Policy;

/// <summary>Rules for pod security policies.</summary>
internal static class PodSecurityPolicyValidation
{
    private const string All = "*";

    /// <summary>Kinds of volumes as policies name them.</summary>
    private static readonly string[] VolumeKinds =
    [
        "*", "awsElasticBlockStore", "azureDisk", "azureFile", "cephFS", "cinder", "configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "fc", "flexVolume",
        "flocker", "gcePersistentDisk", "gitRepo", "glusterfs", "hostPath", "iscsi", "nfs", "persistentVolumeClaim", "photonPersistentDisk", "portworxVolume",
        "projected", "quobyte", "rbd", "scaleIO", "secret", "storageos", "vsphere",
    ];

    public static void Validate(PodSecurityPolicy policy, FieldErrors errors)
    {
        var (spec, path) = (policy.Spec, FieldPath.Root.Child("spec"));
        ValidateStrategy(spec.RunAsUser.Rule, spec.RunAsUser.Ranges, ["MustRunAs", "MustRunAsNonRoot", "RunAsAny"], path.Child("runAsUser"), errors);
        if (spec.RunAsGroup is { } group)
        {
            ValidateStrategy(group.Rule, group.Ranges, ["MayRunAs", "MustRunAs", "RunAsAny"], path.Child("runAsGroup"), errors);
        }

        errors.OneOf(path.Child("seLinux", "rule"), spec.SeLinux.Rule, "MustRunAs", "RunAsAny");
        ValidateStrategy(spec.SupplementalGroups.Rule, spec.SupplementalGroups.Ranges, ["MayRunAs", "MustRunAs", "RunAsAny"], path.Child("supplementalGroups"), errors);
        ValidateStrategy(spec.FsGroup.Rule, spec.FsGroup.Ranges, ["MayRunAs", "MustRunAs", "RunAsAny"], path.Child("fsGroup"), errors);
        for (var i = 0; i < spec.Volumes.Count; i++)
        {
            errors.OneOf(path.Child("volumes").Index(i), spec.Volumes[i], VolumeKinds);
        }

        ValidateCapabilities(spec, errors);
        if (spec.DefaultAllowPrivilegeEscalation == true && spec.AllowPrivilegeEscalation == false)
        {
            errors.Invalid(
                path.Child("defaultAllowPrivilegeEscalation"), true, "Cannot set DefaultAllowPrivilegeEscalation to true without also setting AllowPrivilegeEscalation to true");
        }

        ValidateNodeAccess(spec, path, errors);
        ValidateSysctls(spec, path, errors);
        if (spec.RuntimeClass is { } runtimeClass)
        {
            ValidateRuntimeClass(runtimeClass, path.Child("runtimeClass"), errors);
        }
    }

    private static void ValidateStrategy(string rule, ApiList<IDRange> ranges, string[] rules, FieldPath path, FieldErrors errors)
    {
        errors.OneOf(path.Child("rule"), rule, rules);
        for (var i = 0; i < ranges.Count; i++)
        {
            var (range, at) = (ranges[i], path.Child("ranges").Index(i));
            if (range.Min < 0)
            {
                errors.Invalid(at.Child("min"), range.Min, "min cannot be negative");
            }

            if (range.Max < 0)
            {
                errors.Invalid(at.Child("max"), range.Max, "max cannot be negative");
            }

            if (range.Min > range.Max)
            {
                errors.Invalid(at.Child("min"), range.Min, "min cannot be greater than max");
            }
        }
    }

    // What must be dropped cannot be had.
    private static void ValidateCapabilities(PodSecurityPolicySpec spec, FieldErrors errors)
    {
        if (!spec.RequiredDropCapabilities.IsEmpty && spec.AllowedCapabilities.Contains(All))
        {
            errors.Invalid(
                FieldPath.Root.Child("requiredDropCapabilities"),
                GoSyntax.Strings(spec.RequiredDropCapabilities, "core.Capability"),
                "must be empty when all capabilities are allowed by a wildcard");
        }

        foreach (var (field, list) in new[] { ("defaultAddCapabilities", spec.DefaultAddCapabilities), ("allowedCapabilities", spec.AllowedCapabilities) })
        {
            foreach (var capability in spec.RequiredDropCapabilities.Where(list.Contains))
            {
                errors.Invalid(FieldPath.Root.Child(field), capability, $"capability is listed in {field} and requiredDropCapabilities");
            }
        }
    }

    private static void ValidateNodeAccess(PodSecurityPolicySpec spec, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < spec.AllowedProcMountTypes.Count; i++)
        {
            errors.OneOf(path.Child("allowedProcMountTypes").Index(i), spec.AllowedProcMountTypes[i], "Default", "Unmasked");
        }

        for (var i = 0; i < spec.AllowedHostPaths.Count; i++)
        {
            var at = path.Child("allowedHostPaths").Index(i).Child("pathPrefix");
            if (errors.NotEmpty(at, spec.AllowedHostPaths[i].PathPrefix, "must specify a path prefix"))
            {
                errors.PathWithoutBacksteps(at, spec.AllowedHostPaths[i].PathPrefix);
            }
        }

        for (var i = 0; i < spec.AllowedFlexVolumes.Count; i++)
        {
            errors.NotEmpty(path.Child("allowedFlexVolumes").Index(i).Child("driver"), spec.AllowedFlexVolumes[i].Driver, "must specify a driver");
        }

        for (var i = 0; i < spec.AllowedCSIDrivers.Count; i++)
        {
            errors.NotEmpty(path.Child("allowedCSIDrivers").Index(i).Child("name"), spec.AllowedCSIDrivers[i].Name);
        }
    }

    private static void ValidateSysctls(PodSecurityPolicySpec spec, FieldPath path, FieldErrors errors)
    {
        foreach (var (field, list, others) in new[]
        {
            ("allowedUnsafeSysctls", spec.AllowedUnsafeSysctls, spec.ForbiddenSysctls),
            ("forbiddenSysctls", spec.ForbiddenSysctls, spec.AllowedUnsafeSysctls),
        })
        {
            for (var i = 0; i < list.Count; i++)
            {
                var at = path.Child(field).Index(i);
                if (list[i].Length == 0)
                {
                    errors.Invalid(at, list[i], "empty sysctl not allowed");
                }

                foreach (var other in others.Where(other => Covers(other, list[i])))
                {
                    errors.Invalid(at, list[i], $"sysctl overlaps with {other}");
                }
            }
        }
    }

    private static void ValidateRuntimeClass(RuntimeClassStrategyOptions options, FieldPath path, FieldErrors errors)
    {
        var names = options.AllowedRuntimeClassNames;
        for (var i = 0; i < names.Count; i++)
        {
            var at = path.Child("allowedRuntimeClassNames").Index(i);
            if (names[i] != All)
            {
                errors.DnsSubdomain(at, names[i]);
            }

            if (names.Take(i).Contains(names[i]))
            {
                errors.Duplicate(at, names[i]);
            }
        }

        if (options.DefaultRuntimeClassName is { } name)
        {
            errors.DnsSubdomain(path.Child("defaultRuntimeClassName"), name);
            if (!names.Contains(All) && !names.Contains(name))
            {
                errors.Required(path.Child("allowedRuntimeClassNames"), "default RuntimeClass must be included in allowedRuntimeClassNames");
            }
        }
    }

    private static bool Covers(string pattern, string sysctl) =>
        pattern == sysctl || (pattern.EndsWith('*') && sysctl.StartsWith(pattern[..^1], StringComparison.Ordinal));
}
