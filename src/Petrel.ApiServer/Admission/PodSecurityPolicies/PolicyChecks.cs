using System.Globalization;
using System.Text.Json;
using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Json;
using Petrel.Api.Policy;
using Petrel.Api.Validation;

namespace Petrel.ApiServer.Admission.PodSecurityPolicies;

/// <summary>What a policy has against a pod.</summary>
internal static class PolicyChecks
{
    private const string MustRunAs = "MustRunAs";
    private const string RunAsAny = "RunAsAny";
    private const string All = "*";

    /// <summary>Kernel parameters that are the pod's own, so that setting them harms nobody else.</summary>
    private static readonly string[] SafeSysctls =
        ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start"];

    public static void Check(Pod pod, PodSecurityPolicySpec policy, FieldErrors errors)
    {
        var (spec, path) = (pod.Spec, FieldPath.Root.Child("spec"));
        var (context, at) = (spec.SecurityContext ?? PodSecurityContext.Empty, path.Child("securityContext"));
        CheckGroups(context.FsGroup is { } group ? [group] : [], policy.FsGroup, at.Child("fsGroup"), errors);
        CheckGroups(context.SupplementalGroups, policy.SupplementalGroups, at.Child("supplementalGroups"), errors);
        CheckContext(context.SeLinuxOptions, policy, at.Child("seLinuxOptions"), errors);
        Refuse(spec.HostNetwork && !policy.HostNetwork, at.Child("hostNetwork"), "Host network is not allowed to be used", errors);
        Refuse(spec.HostPID && !policy.HostPID, at.Child("hostPID"), "Host PID is not allowed to be used", errors);
        Refuse(spec.HostIPC && !policy.HostIPC, at.Child("hostIPC"), "Host IPC is not allowed to be used", errors);
        CheckSysctls(context.Sysctls, policy, at.Child("sysctls"), errors);
        for (var i = 0; i < spec.Volumes.Count; i++)
        {
            CheckVolume(spec.Volumes[i], spec, policy, path.Child("volumes").Index(i), errors);
        }

        if (policy.RuntimeClass is { } classes && spec.RuntimeClassName is { } name
            && !classes.AllowedRuntimeClassNames.Contains(All) && !classes.AllowedRuntimeClassNames.Contains(name))
        {
            errors.NotSupported(path.Child("runtimeClassName"), name, classes.AllowedRuntimeClassNames);
        }

        for (var i = 0; i < spec.InitContainers.Count; i++)
        {
            CheckContainer(spec.InitContainers[i], context, policy, path.Child("initContainers").Index(i), errors);
        }

        for (var i = 0; i < spec.Containers.Count; i++)
        {
            CheckContainer(spec.Containers[i], context, policy, path.Child("containers").Index(i), errors);
        }
    }

    private static void Refuse(bool isBad, FieldPath path, string why, FieldErrors errors)
    {
        if (isBad)
        {
            errors.Invalid(path, true, why);
        }
    }

    private static void CheckGroups(IReadOnlyCollection<long> groups, GroupStrategyOptions options, FieldPath path, FieldErrors errors)
    {
        if (options.Rule == RunAsAny)
        {
            return;
        }

        var shown = new Verbatim($"[]int64{{{string.Join(", ", groups)}}}");
        if (groups.Count == 0 && options.Rule == MustRunAs)
        {
            errors.Invalid(path, shown, "unable to validate empty groups against required ranges");
        }

        foreach (var group in groups.Where(group => !options.Ranges.Any(range => range.Contains(group))))
        {
            errors.Invalid(path, shown, string.Create(CultureInfo.InvariantCulture, $"group {group} must be in the ranges: {Text(options.Ranges)}"));
        }
    }

    private static void CheckContext(SELinuxOptions? given, PodSecurityPolicySpec policy, FieldPath path, FieldErrors errors)
    {
        if (policy.SeLinux.Rule != MustRunAs)
        {
            return;
        }

        if (given is null)
        {
            errors.Required(path);
            return;
        }

        var wanted = policy.SeLinux.SeLinuxOptions ?? SELinuxOptions.Empty;
        void Same(string value, string must, string field)
        {
            if (value != must)
            {
                errors.Invalid(path.Child(field), value, "must be " + must);
            }
        }

        Same(given.Level, wanted.Level, "level");
        Same(given.Role, wanted.Role, "role");
        Same(given.Type, wanted.Type, "type");
        Same(given.User, wanted.User, "user");
    }

    private static void CheckSysctls(ApiList<Sysctl> sysctls, PodSecurityPolicySpec policy, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < sysctls.Count; i++)
        {
            var name = sysctls[i].Name;
            if (policy.ForbiddenSysctls.Any(pattern => Covers(pattern, name)))
            {
                errors.Forbidden(path.Index(i), $"sysctl \"{name}\" is not allowed");
            }
            else if (!SafeSysctls.Contains(name) && !policy.AllowedUnsafeSysctls.Any(pattern => Covers(pattern, name)))
            {
                errors.Forbidden(path.Index(i), $"unsafe sysctl \"{name}\" is not allowed");
            }
        }
    }

    private static bool Covers(string pattern, string name) => pattern == name || (pattern.EndsWith('*') && name.StartsWith(pattern[..^1], StringComparison.Ordinal));

    private static void CheckVolume(Volume volume, PodSpec spec, PodSecurityPolicySpec policy, FieldPath path, FieldErrors errors)
    {
        var kind = KindOf(volume);
        if (!policy.Volumes.Contains(All) && !policy.Volumes.Contains(kind))
        {
            errors.Invalid(path, kind, $"{kind} volumes are not allowed to be used");
            return;
        }

        if (volume.HostPath is { } hostPath && !policy.AllowedHostPaths.IsEmpty)
        {
            CheckHostPath(volume.Name, hostPath.Path, spec, policy.AllowedHostPaths, path.Child("hostPath"), errors);
        }

        if (volume.FlexVolume is { } flex && !policy.AllowedFlexVolumes.IsEmpty && !policy.AllowedFlexVolumes.Any(allowed => allowed.Driver == flex.Driver))
        {
            errors.Invalid(path.Child("driver"), flex.Driver, "Flexvolume driver is not allowed to be used");
        }

        if (volume.Csi is { } csi && !policy.AllowedCSIDrivers.IsEmpty && !policy.AllowedCSIDrivers.Any(allowed => allowed.Name == csi.Driver))
        {
            errors.Invalid(path.Child("csi", "driver"), csi.Driver, "Inline CSI driver is not allowed to be used");
        }
    }

    private static void CheckHostPath(string volume, string hostPath, PodSpec spec, ApiList<AllowedHostPath> allowed, FieldPath path, FieldErrors errors)
    {
        var matching = allowed.Where(each => IsBelow(hostPath, each.PathPrefix)).ToList();
        if (matching.Count == 0)
        {
            errors.Invalid(path.Child("pathPrefix"), hostPath, "is not allowed to be used");
        }
        else if (matching.TrueForAll(static each => each.ReadOnly))
        {
            CheckReadOnly(volume, spec.InitContainers, FieldPath.Root.Child("spec", "initContainers"), errors);
            CheckReadOnly(volume, spec.Containers, FieldPath.Root.Child("spec", "containers"), errors);
        }
    }

    private static void CheckReadOnly(string volume, ApiList<Container> containers, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            for (var j = 0; j < containers[i].VolumeMounts.Count; j++)
            {
                if (containers[i].VolumeMounts[j] is { ReadOnly: false } mount && mount.Name == volume)
                {
                    errors.Invalid(path.Index(i).Child("volumeMounts").Index(j).Child("readOnly"), false, "must be read-only");
                }
            }
        }
    }

    private static bool IsBelow(string path, string prefix)
    {
        var (below, above) = (path.TrimEnd('/'), prefix.TrimEnd('/'));
        return below == above || below.StartsWith(above + "/", StringComparison.Ordinal);
    }

    // The one field that is set besides the name; two kinds have other names in policies.
    private static string KindOf(Volume volume)
    {
        using var json = JsonDocument.Parse(JsonEncoding.Encode(volume));
        var field = json.RootElement.EnumerateObject().Select(static property => property.Name).FirstOrDefault(static name => name != "name") ?? "";
        return field switch
        {
            "cephfs" => "cephFS",
            "vsphereVolume" => "vsphere",
            _ => field,
        };
    }

    private static void CheckContainer(Container container, PodSecurityContext pod, PodSecurityPolicySpec policy, FieldPath path, FieldErrors errors)
    {
        var (context, at) = (container.SecurityContext ?? SecurityContext.Empty, path.Child("securityContext"));
        CheckUser(context.RunAsUser ?? pod.RunAsUser, context.RunAsNonRoot ?? pod.RunAsNonRoot, policy.RunAsUser, at, errors);
        CheckGroup(context.RunAsGroup ?? pod.RunAsGroup, policy.RunAsGroup, at.Child("runAsGroup"), errors);
        CheckContext(context.SeLinuxOptions ?? pod.SeLinuxOptions, policy, at.Child("seLinuxOptions"), errors);
        Refuse(context.Privileged == true && !policy.Privileged, at.Child("privileged"), "Privileged containers are not allowed", errors);
        if (context.ProcMount is { } procMount and not "Default" && !policy.AllowedProcMountTypes.Contains(procMount) && !policy.AllowedProcMountTypes.Contains(All))
        {
            errors.Invalid(at.Child("procMount"), procMount, "ProcMountType is not allowed");
        }

        CheckCapabilities(context.Capabilities, policy, at.Child("capabilities"), errors);
        CheckPorts(container.Ports, policy, path.Child("ports"), errors);
        if (policy.ReadOnlyRootFilesystem && context.ReadOnlyRootFilesystem != true)
        {
            errors.Invalid(
                at.Child("readOnlyRootFilesystem"),
                context.ReadOnlyRootFilesystem,
                context.ReadOnlyRootFilesystem is null ? "ReadOnlyRootFilesystem may not be nil and must be set to true" : "ReadOnlyRootFilesystem must be set to true");
        }

        if (policy.AllowPrivilegeEscalation == false && context.AllowPrivilegeEscalation != false)
        {
            errors.Invalid(at.Child("allowPrivilegeEscalation"), context.AllowPrivilegeEscalation ?? true, "Allowing privilege escalation for containers is not allowed");
        }
    }

    private static void CheckUser(long? user, bool? isNonRoot, RunAsUserStrategyOptions options, FieldPath path, FieldErrors errors)
    {
        switch (options.Rule)
        {
            case MustRunAs when user is null:
                errors.Required(path.Child("runAsUser"));
                break;
            case MustRunAs when !options.Ranges.Any(range => range.Contains(user.Value)):
                errors.Invalid(path.Child("runAsUser"), user, $"must be in the ranges: {Text(options.Ranges)}");
                break;
            case "MustRunAsNonRoot" when isNonRoot is null && user is null:
                errors.Required(path.Child("runAsNonRoot"), "must be true");
                break;
            case "MustRunAsNonRoot" when isNonRoot == false:
                errors.Invalid(path.Child("runAsNonRoot"), false, "must be true");
                break;
            case "MustRunAsNonRoot" when user == 0:
                errors.Invalid(path.Child("runAsUser"), user, "running with the root UID is forbidden");
                break;
        }
    }

    private static void CheckGroup(long? group, RunAsGroupStrategyOptions? options, FieldPath path, FieldErrors errors)
    {
        if (options is null or { Rule: RunAsAny } || (group is null && options.Rule != MustRunAs))
        {
            return;
        }

        if (group is null)
        {
            errors.Required(path);
        }
        else if (!options.Ranges.Any(range => range.Contains(group.Value)))
        {
            errors.Invalid(path, group, $"must be in the ranges: {Text(options.Ranges)}");
        }
    }

    private static void CheckCapabilities(Capabilities? given, PodSecurityPolicySpec policy, FieldPath path, FieldErrors errors)
    {
        foreach (var capability in (given?.Add ?? default).Where(capability =>
            !policy.AllowedCapabilities.Contains(All) && !policy.AllowedCapabilities.Contains(capability) && !policy.DefaultAddCapabilities.Contains(capability)))
        {
            errors.Invalid(path.Child("add"), capability, "capability may not be added");
        }

        var dropped = given?.Drop ?? default;
        foreach (var capability in policy.RequiredDropCapabilities.Where(capability => !dropped.Contains(capability)))
        {
            errors.Invalid(path.Child("drop"), GoSyntax.Strings(dropped, "core.Capability"), $"{capability} is required to be dropped but was not found");
        }
    }

    private static void CheckPorts(ApiList<ContainerPort> ports, PodSecurityPolicySpec policy, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            var port = ports[i].HostPort;
            if (port > 0 && !policy.HostPorts.Any(range => port >= range.Min && port <= range.Max))
            {
                var allowed = string.Join(',', policy.HostPorts.Select(static range => range.Min == range.Max ? $"{range.Min}" : $"{range.Min}-{range.Max}"));
                errors.Invalid(path.Index(i).Child("hostPort"), port, string.Create(CultureInfo.InvariantCulture, $"Host port {port} is not allowed to be used. Allowed ports: [{allowed}]"));
            }
        }
    }

    private static string Text(ApiList<IDRange> ranges) => $"[{string.Join(' ', ranges.Select(static range => $"{{{range.Min} {range.Max}}}"))}]";
}
