using Petrel.Api.Core;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>Security contexts of pods and containers in the runtime's terms; what a container leaves out its pod decides.</summary>
public static class SecuritySettings
{
    private static readonly string[] MaskedPaths =
    [
        "/proc/asound", "/proc/acpi", "/proc/interrupts", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats",
        "/proc/sched_debug", "/proc/scsi", "/sys/firmware", "/sys/devices/virtual/powercap",
    ];

    private static readonly string[] ReadonlyPaths = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    public static Cri.LinuxSandboxSecurityContext OfSandbox(Pod pod)
    {
        var context = pod.Spec.SecurityContext ?? PodSecurityContext.Empty;
        var settings = new Cri.LinuxSandboxSecurityContext
        {
            NamespaceOptions = Namespaces(pod.Spec),
            // A runtime starts privileged containers only in a privileged sandbox.
            Privileged = pod.Spec.InitContainers.Concat(pod.Spec.Containers).Any(static container => container.SecurityContext?.Privileged == true),
            // The pause program needs nothing that the default profile forbids.
            Seccomp = new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
            SelinuxOptions = Selinux(context.SeLinuxOptions),
            RunAsUser = Value(context.RunAsUser),
            RunAsGroup = context.RunAsUser is null ? null : Value(context.RunAsGroup),
        };
        settings.SupplementalGroups.AddRange(Groups(context));
        return settings;
    }

    /// <param name="image">For the user that the image names when the contexts name none.</param>
    public static Cri.LinuxContainerSecurityContext OfContainer(Pod pod, Container container, Cri.Image image)
    {
        var (podContext, own) = (pod.Spec.SecurityContext ?? PodSecurityContext.Empty, container.SecurityContext ?? SecurityContext.Empty);
        var settings = new Cri.LinuxContainerSecurityContext
        {
            NamespaceOptions = Namespaces(pod.Spec),
            Privileged = own.Privileged == true,
            ReadonlyRootfs = own.ReadOnlyRootFilesystem == true,
            NoNewPrivs = own.AllowPrivilegeEscalation == false,
            SelinuxOptions = Selinux(own.SeLinuxOptions ?? podContext.SeLinuxOptions),
            Seccomp = Seccomp(own.SeccompProfile ?? podContext.SeccompProfile),
            Apparmor = AppArmor(own.AppArmorProfile ?? podContext.AppArmorProfile),
            RunAsUser = Value(own.RunAsUser ?? podContext.RunAsUser) ?? image.Uid?.Clone(),
            RunAsGroup = Value(own.RunAsGroup ?? podContext.RunAsGroup),
            SupplementalGroupsPolicy = podContext.SupplementalGroupsPolicy == "Strict" ? Cri.SupplementalGroupsPolicy.Strict : Cri.SupplementalGroupsPolicy.Merge,
        };
        if (settings.RunAsUser is null)
        {
            settings.RunAsUsername = image.Username;
        }

        settings.SupplementalGroups.AddRange(Groups(podContext));
        if (own.Capabilities is { } capabilities)
        {
            settings.Capabilities = new() { AddCapabilities = { capabilities.Add }, DropCapabilities = { capabilities.Drop } };
        }

        if (!settings.Privileged && own.ProcMount != "Unmasked")
        {
            settings.MaskedPaths.AddRange(MaskedPaths);
            settings.ReadonlyPaths.AddRange(ReadonlyPaths);
        }

        return settings;
    }

    /// <summary>Why runAsNonRoot forbids this container to run, in kubelet's words; null when it does not.</summary>
    public static string? RootProblem(Pod pod, Container container, Cri.Image image)
    {
        if ((container.SecurityContext?.RunAsNonRoot ?? pod.Spec.SecurityContext?.RunAsNonRoot) != true)
        {
            return null;
        }

        var about = $"(pod: \"{pod.Metadata.Name}_{pod.Metadata.Namespace}({pod.Metadata.Uid})\", container: {container.Name})";
        return (container.SecurityContext?.RunAsUser ?? pod.Spec.SecurityContext?.RunAsUser) switch
        {
            0 => $"container's runAsUser breaks non-root policy {about}",
            not null => null,
            null when image.Uid is { Value: 0 } => $"container has runAsNonRoot and image will run as root {about}",
            null when image.Uid is null && image.Username.Length > 0 =>
                $"container has runAsNonRoot and image has non-numeric user ({image.Username}), cannot verify user is non-root {about}",
            _ => null,
        };
    }

    private static Cri.NamespaceOption Namespaces(PodSpec spec) => new()
    {
        Network = spec.HostNetwork ? Cri.NamespaceMode.Node : Cri.NamespaceMode.Pod,
        Ipc = spec.HostIPC ? Cri.NamespaceMode.Node : Cri.NamespaceMode.Pod,
        Pid = spec.HostPID ? Cri.NamespaceMode.Node : spec.ShareProcessNamespace == true ? Cri.NamespaceMode.Pod : Cri.NamespaceMode.Container,
    };

    private static IEnumerable<long> Groups(PodSecurityContext context) =>
        context.FsGroup is { } group ? context.SupplementalGroups.Append(group).Distinct() : context.SupplementalGroups;

    private static Cri.Int64Value? Value(long? value) => value is { } number ? new() { Value = number } : null;

    private static Cri.SELinuxOption? Selinux(SELinuxOptions? options) =>
        options is null ? null : new() { User = options.User, Role = options.Role, Type = options.Type, Level = options.Level };

    private static Cri.SecurityProfile Seccomp(SeccompProfile? profile) => profile?.Type switch
    {
        "RuntimeDefault" => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        // Below kubelet's directory for profiles, where operators put them.
        "Localhost" => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = Path.Combine("/var/lib/kubelet/seccomp", profile.LocalhostProfile ?? "") },
        _ => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Unconfined },
    };

    private static Cri.SecurityProfile? AppArmor(AppArmorProfile? profile) => profile?.Type switch
    {
        "RuntimeDefault" => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.RuntimeDefault },
        "Localhost" => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = profile.LocalhostProfile ?? "" },
        "Unconfined" => new() { ProfileType = Cri.SecurityProfile.Types.ProfileType.Unconfined },
        _ => null,
    };
}
