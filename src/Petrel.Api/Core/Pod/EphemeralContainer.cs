using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EphemeralContainer")]
public sealed partial record EphemeralContainer
{
    /// <summary>Name of the container, a DNS label; unique in the pod.</summary>
    [Field(1, Required = true, Always = true, Inside = 1)]
    public string Name { get; init; } = "";

    /// <summary>Image to run, as REGISTRY/NAME:TAG or NAME@DIGEST.</summary>
    [Field(2, Inside = 1)]
    public string Image { get; init; } = "";

    /// <summary>Program and first arguments in place of the image's entrypoint; $(NAME) is replaced by environment variables.</summary>
    [Field(3, Inside = 1, ListType = "atomic")]
    public ApiList<string> Command { get; init; }

    /// <summary>Arguments in place of the image's; $(NAME) is replaced by environment variables, $$(NAME) is not.</summary>
    [Field(4, Inside = 1, ListType = "atomic")]
    public ApiList<string> Args { get; init; }

    /// <summary>Directory to start in; the image's when left out.</summary>
    [Field(5, Inside = 1)]
    public string WorkingDir { get; init; } = "";

    /// <summary>Ports that the container listens on. Others are reachable as well; naming them serves services, probes and people.</summary>
    [Field(6, Inside = 1, ListType = "map", MapKeys = "containerPort,protocol", PatchStrategy = "merge", PatchMergeKey = "containerPort")]
    public ApiList<ContainerPort> Ports { get; init; }

    /// <summary>Where environment variables come from as a whole; later ones and env win.</summary>
    [Field(19, Inside = 1, ListType = "atomic")]
    public ApiList<EnvFromSource> EnvFrom { get; init; }

    /// <summary>Environment variables.</summary>
    [Field(7, Inside = 1, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<EnvVar> Env { get; init; }

    /// <summary>Amounts of processor, memory and other things that the container needs and may use.</summary>
    [Field(8, Always = true, Inside = 1)]
    public ResourceRequirements Resources { get; init; } = ResourceRequirements.Empty;

    /// <summary>What a change of resources in place means for the container, by resource.</summary>
    [Field(23, Inside = 1, ListType = "atomic")]
    public ApiList<ContainerResizePolicy> ResizePolicy { get; init; }

    /// <summary>For init containers: Always makes one a sidecar that runs beside the others.</summary>
    [Field(24, Inside = 1)]
    public string? RestartPolicy { get; init; }

    /// <summary>Volumes of the pod that the container sees as directories.</summary>
    [Field(9, Inside = 1, ListType = "map", MapKeys = "mountPath", PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public ApiList<VolumeMount> VolumeMounts { get; init; }

    /// <summary>Volumes of the pod that the container sees as block devices.</summary>
    [Field(21, Inside = 1, ListType = "map", MapKeys = "devicePath", PatchStrategy = "merge", PatchMergeKey = "devicePath")]
    public ApiList<VolumeDevice> VolumeDevices { get; init; }

    /// <summary>Asked regularly; the container is restarted when it fails.</summary>
    [Field(10, Inside = 1)]
    public Probe? LivenessProbe { get; init; }

    /// <summary>Asked regularly; the pod leaves its services while it fails.</summary>
    [Field(11, Inside = 1)]
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Asked before the others until it succeeds; the container is restarted when it does not in time.</summary>
    [Field(22, Inside = 1)]
    public Probe? StartupProbe { get; init; }

    /// <summary>What is done after the start and before the end.</summary>
    [Field(12, Inside = 1)]
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>File into which the container may write why it ends; /dev/termination-log when left out.</summary>
    [Field(13, Inside = 1)]
    public string TerminationMessagePath { get; init; } = "";

    /// <summary>File takes the message from the file; FallbackToLogsOnError takes the end of the log when a failed container wrote none.</summary>
    [Field(20, Inside = 1, Enum = ["FallbackToLogsOnError", "File"])]
    public string TerminationMessagePolicy { get; init; } = "";

    /// <summary>When the image is pulled; Always for tag latest, otherwise IfNotPresent, when left out.</summary>
    [Field(14, Inside = 1, Enum = ["Always", "IfNotPresent", "Never"])]
    public string ImagePullPolicy { get; init; } = "";

    /// <summary>Rights of the container; goes before the pod's.</summary>
    [Field(15, Inside = 1)]
    public SecurityContext? SecurityContext { get; init; }

    /// <summary>Keep standard input open for attach; otherwise it reads as ended.</summary>
    [Field(16, Inside = 1)]
    public bool Stdin { get; init; }

    /// <summary>Close standard input when the first client that attached leaves.</summary>
    [Field(17, Inside = 1)]
    public bool StdinOnce { get; init; }

    /// <summary>Give the container a terminal; needs stdin.</summary>
    [Field(18, Inside = 1)]
    public bool Tty { get; init; }

    /// <summary>Container whose processes this one sees.</summary>
    [Field(2)]
    public string TargetContainerName { get; init; } = "";

    internal EphemeralContainer WithDefaults() => WithContainer(ToContainer().WithDefaults());

    /// <summary>What an ephemeral container has in common with the others.</summary>
    public Container ToContainer() => new()
    {
        Name = Name,
        Image = Image,
        Command = Command,
        Args = Args,
        WorkingDir = WorkingDir,
        Ports = Ports,
        EnvFrom = EnvFrom,
        Env = Env,
        Resources = Resources,
        ResizePolicy = ResizePolicy,
        RestartPolicy = RestartPolicy,
        VolumeMounts = VolumeMounts,
        VolumeDevices = VolumeDevices,
        LivenessProbe = LivenessProbe,
        ReadinessProbe = ReadinessProbe,
        StartupProbe = StartupProbe,
        Lifecycle = Lifecycle,
        TerminationMessagePath = TerminationMessagePath,
        TerminationMessagePolicy = TerminationMessagePolicy,
        ImagePullPolicy = ImagePullPolicy,
        SecurityContext = SecurityContext,
        Stdin = Stdin,
        StdinOnce = StdinOnce,
        Tty = Tty,
    };

    // Only the fields that defaults change.
    private EphemeralContainer WithContainer(Container container) => this with
    {
        Ports = container.Ports,
        Env = container.Env,
        Resources = container.Resources,
        LivenessProbe = container.LivenessProbe,
        ReadinessProbe = container.ReadinessProbe,
        StartupProbe = container.StartupProbe,
        Lifecycle = container.Lifecycle,
        TerminationMessagePath = container.TerminationMessagePath,
        TerminationMessagePolicy = container.TerminationMessagePolicy,
        ImagePullPolicy = container.ImagePullPolicy,
    };

    private const string NotForEphemeral = "cannot be set for an Ephemeral Container";

    /// <param name="names">Names of all containers so far, this list's included.</param>
    /// <param name="others">Names of the containers that are not ephemeral.</param>
    internal void Validate(PodRules rules, HashSet<string> names, IReadOnlyCollection<string> others, FieldPath path, FieldErrors errors)
    {
        var container = ToContainer();
        container.ValidateCommon(rules, path, errors);
        container.ValidateOutsideTemplate(path, errors);
        if (!names.Add(Name))
        {
            errors.Duplicate(path.Child("name"), Name);
        }

        if (TargetContainerName.Length != 0 && !others.Contains(TargetContainerName))
        {
            errors.NotFound(path.Child("targetContainerName"), TargetContainerName);
        }

        ValidateAbsence(path, errors);
        for (var i = 0; i < VolumeMounts.Count; i++)
        {
            var mountPath = path.Child("volumeMounts").Index(i);
            Refuse(VolumeMounts[i].SubPath.Length != 0, mountPath.Child("subPath"), errors);
            Refuse(VolumeMounts[i].SubPathExpr.Length != 0, mountPath.Child("subPathExpr"), errors);
        }
    }

    // An ephemeral container is for looking at a pod, which must not come to depend on it.
    private void ValidateAbsence(FieldPath path, FieldErrors errors)
    {
        Refuse(!Ports.IsEmpty, path.Child("ports"), errors);
        Refuse(Resources != ResourceRequirements.Empty, path.Child("resources"), errors);
        Refuse(!ResizePolicy.IsEmpty, path.Child("resizePolicy"), errors);
        Refuse(RestartPolicy is not null, path.Child("restartPolicy"), errors);
        Refuse(LivenessProbe is not null, path.Child("livenessProbe"), errors);
        Refuse(ReadinessProbe is not null, path.Child("readinessProbe"), errors);
        Refuse(StartupProbe is not null, path.Child("startupProbe"), errors);
        Refuse(Lifecycle is not null, path.Child("lifecycle"), errors);
    }

    private static void Refuse(bool isSet, FieldPath path, FieldErrors errors)
    {
        if (isSet)
        {
            errors.Forbidden(path, NotForEphemeral);
        }
    }
}
