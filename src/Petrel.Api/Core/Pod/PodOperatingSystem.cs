using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>What a pod that names its operating system must not set, and the rules of Windows' host processes.</summary>
internal static class PodOperatingSystem
{
    private const string NotOnWindows = "cannot be set for a windows pod";

    private const string NotOnLinux = "windows options cannot be set for a linux pod";

    public static void Validate(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Os is null)
        {
            return;
        }

        switch (spec.Os.Name)
        {
            case "":
                errors.Required(path.Child("os", "name"), "cannot be empty");
                break;
            case "linux":
                ValidateLinux(spec, path, errors);
                break;
            case "windows":
                ValidateWindows(spec, path, errors);
                break;
            default:
                errors.NotSupported(path.Child("os"), spec.Os.Name, ["linux", "windows"]);
                break;
        }
    }

    /// <summary>All containers are host processes or none is.</summary>
    public static void ValidateHostProcesses(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var ofPod = spec.SecurityContext?.WindowsOptions?.HostProcess;
        var (count, hostProcesses) = (0, 0);
        foreach (var (context, containerPath) in SecurityContexts(spec, path))
        {
            var own = context?.WindowsOptions?.HostProcess;
            if (ofPod is not null && own is not null && ofPod != own)
            {
                errors.Invalid(
                    containerPath.Child("windowsOptions", "hostProcess"),
                    own,
                    $"pod hostProcess value must be identical if both are specified, was {(ofPod == true ? "true" : "false")}");
            }

            count++;
            hostProcesses += (own ?? ofPod) == true ? 1 : 0;
        }

        if (hostProcesses == 0)
        {
            return;
        }

        if (hostProcesses != count)
        {
            errors.Invalid(path, "", "If pod contains any hostProcess containers then all containers must be HostProcess containers");
        }

        if (!spec.HostNetwork)
        {
            errors.Invalid(path.Child("hostNetwork"), false, "hostNetwork must be true if pod contains any hostProcess containers");
        }
    }

    private static void ValidateLinux(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        Refuse(spec.SecurityContext?.WindowsOptions is not null, path.Child("securityContext", "windowsOptions"), NotOnLinux, errors);
        foreach (var (context, containerPath) in SecurityContexts(spec, path))
        {
            Refuse(context?.WindowsOptions is not null, containerPath.Child("windowsOptions"), NotOnLinux, errors);
        }
    }

    private static void ValidateWindows(PodSpec spec, FieldPath path, FieldErrors errors)
    {
        var context = spec.SecurityContext ?? PodSecurityContext.Empty;
        var contextPath = path.Child("securityContext");
        foreach (var (isSet, field) in new[]
        {
            (context.AppArmorProfile is not null, contextPath.Child("appArmorProfile")),
            (context.SeLinuxOptions is not null, contextPath.Child("seLinuxOptions")),
            (spec.HostUsers is not null, path.Child("hostUsers")),
            (spec.HostPID, path.Child("hostPID")),
            (spec.HostIPC, path.Child("hostIPC")),
            (context.SeccompProfile is not null, contextPath.Child("seccompProfile")),
            (context.FsGroup is not null, contextPath.Child("fsGroup")),
            (context.FsGroupChangePolicy is not null, contextPath.Child("fsGroupChangePolicy")),
            (!context.Sysctls.IsEmpty, contextPath.Child("sysctls")),
            (spec.ShareProcessNamespace is not null, path.Child("shareProcessNamespace")),
            (context.RunAsUser is not null, contextPath.Child("runAsUser")),
            (context.RunAsGroup is not null, contextPath.Child("runAsGroup")),
            (!context.SupplementalGroups.IsEmpty, contextPath.Child("supplementalGroups")),
            (context.SupplementalGroupsPolicy is not null, contextPath.Child("supplementalGroupsPolicy")),
        })
        {
            Refuse(isSet, field, NotOnWindows, errors);
        }

        foreach (var (ofContainer, containerPath) in SecurityContexts(spec, path))
        {
            ValidateWindows(ofContainer ?? SecurityContext.Empty, containerPath, errors);
        }
    }

    private static void ValidateWindows(SecurityContext context, FieldPath path, FieldErrors errors)
    {
        foreach (var (value, field) in new (object? Value, string Field)[]
        {
            (context.AppArmorProfile, "appArmorProfile"),
            (context.SeLinuxOptions, "seLinuxOptions"),
            (context.SeccompProfile, "seccompProfile"),
            (context.Capabilities, "capabilities"),
            (context.ReadOnlyRootFilesystem, "readOnlyRootFilesystem"),
            (context.Privileged, "privileged"),
            (context.AllowPrivilegeEscalation, "allowPrivilegeEscalation"),
            (context.ProcMount, "procMount"),
            (context.RunAsUser, "runAsUser"),
            (context.RunAsGroup, "runAsGroup"),
        })
        {
            Refuse(value is not null, path.Child(field), NotOnWindows, errors);
        }
    }

    private static IEnumerable<(SecurityContext? Context, FieldPath Path)> SecurityContexts(PodSpec spec, FieldPath path) =>
        spec.InitContainers.Select((container, i) => (container.SecurityContext, path.Child("initContainers").Index(i).Child("securityContext")))
            .Concat(spec.Containers.Select((container, i) => (container.SecurityContext, path.Child("containers").Index(i).Child("securityContext"))))
            .Concat(spec.EphemeralContainers.Select((container, i) => (container.SecurityContext, path.Child("ephemeralContainers").Index(i).Child("securityContext"))));

    private static void Refuse(bool isSet, FieldPath path, string detail, FieldErrors errors)
    {
        if (isSet)
        {
            errors.Forbidden(path, detail);
        }
    }
}
