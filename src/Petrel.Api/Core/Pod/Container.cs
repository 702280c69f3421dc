using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.Container")]
public sealed partial record Container
{
    /// <summary>Name of the container, a DNS label; unique in the pod.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Image to run, as REGISTRY/NAME:TAG or NAME@DIGEST.</summary>
    [Field(2)]
    public string Image { get; init; } = "";

    /// <summary>Program and first arguments in place of the image's entrypoint; $(NAME) is replaced by environment variables.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<string> Command { get; init; }

    /// <summary>Arguments in place of the image's; $(NAME) is replaced by environment variables, $$(NAME) is not.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<string> Args { get; init; }

    /// <summary>Directory to start in; the image's when left out.</summary>
    [Field(5)]
    public string WorkingDir { get; init; } = "";

    /// <summary>Ports that the container listens on. Others are reachable as well; naming them serves services, probes and people.</summary>
    [Field(6, ListType = "map", MapKeys = "containerPort,protocol", PatchStrategy = "merge", PatchMergeKey = "containerPort")]
    public ApiList<ContainerPort> Ports { get; init; }

    /// <summary>Where environment variables come from as a whole; later ones and env win.</summary>
    [Field(19, ListType = "atomic")]
    public ApiList<EnvFromSource> EnvFrom { get; init; }

    /// <summary>Environment variables.</summary>
    [Field(7, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<EnvVar> Env { get; init; }

    /// <summary>Amounts of processor, memory and other things that the container needs and may use.</summary>
    [Field(8, Always = true)]
    public ResourceRequirements Resources { get; init; } = ResourceRequirements.Empty;

    /// <summary>What a change of resources in place means for the container, by resource.</summary>
    [Field(23, ListType = "atomic")]
    public ApiList<ContainerResizePolicy> ResizePolicy { get; init; }

    /// <summary>For init containers: Always makes one a sidecar that runs beside the others.</summary>
    [Field(24)]
    public string? RestartPolicy { get; init; }

    /// <summary>Volumes of the pod that the container sees as directories.</summary>
    [Field(9, ListType = "map", MapKeys = "mountPath", PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public ApiList<VolumeMount> VolumeMounts { get; init; }

    /// <summary>Volumes of the pod that the container sees as block devices.</summary>
    [Field(21, ListType = "map", MapKeys = "devicePath", PatchStrategy = "merge", PatchMergeKey = "devicePath")]
    public ApiList<VolumeDevice> VolumeDevices { get; init; }

    /// <summary>Asked regularly; the container is restarted when it fails.</summary>
    [Field(10)]
    public Probe? LivenessProbe { get; init; }

    /// <summary>Asked regularly; the pod leaves its services while it fails.</summary>
    [Field(11)]
    public Probe? ReadinessProbe { get; init; }

    /// <summary>Asked before the others until it succeeds; the container is restarted when it does not in time.</summary>
    [Field(22)]
    public Probe? StartupProbe { get; init; }

    /// <summary>What is done after the start and before the end.</summary>
    [Field(12)]
    public Lifecycle? Lifecycle { get; init; }

    /// <summary>File into which the container may write why it ends; /dev/termination-log when left out.</summary>
    [Field(13)]
    public string TerminationMessagePath { get; init; } = "";

    /// <summary>File takes the message from the file; FallbackToLogsOnError takes the end of the log when a failed container wrote none.</summary>
    [Field(20, Enum = ["FallbackToLogsOnError", "File"])]
    public string TerminationMessagePolicy { get; init; } = "";

    /// <summary>When the image is pulled; Always for tag latest, otherwise IfNotPresent, when left out.</summary>
    [Field(14, Enum = ["Always", "IfNotPresent", "Never"])]
    public string ImagePullPolicy { get; init; } = "";

    /// <summary>Rights of the container; goes before the pod's.</summary>
    [Field(15)]
    public SecurityContext? SecurityContext { get; init; }

    /// <summary>Keep standard input open for attach; otherwise it reads as ended.</summary>
    [Field(16)]
    public bool Stdin { get; init; }

    /// <summary>Close standard input when the first client that attached leaves.</summary>
    [Field(17)]
    public bool StdinOnce { get; init; }

    /// <summary>Give the container a terminal; needs stdin.</summary>
    [Field(18)]
    public bool Tty { get; init; }

    internal Container WithDefaults() => this with
    {
        Ports = Ports.ConvertAll(static port => port.WithDefaults()),
        Env = Env.ConvertAll(static variable => variable.WithDefaults()),
        Resources = Resources.WithDefaults(),
        LivenessProbe = LivenessProbe?.WithDefaults(),
        ReadinessProbe = ReadinessProbe?.WithDefaults(),
        StartupProbe = StartupProbe?.WithDefaults(),
        Lifecycle = Lifecycle?.WithDefaults(),
        TerminationMessagePath = TerminationMessagePath.Length == 0 ? "/dev/termination-log" : TerminationMessagePath,
        TerminationMessagePolicy = TerminationMessagePolicy.Length == 0 ? "File" : TerminationMessagePolicy,
        ImagePullPolicy = ImagePullPolicy.Length == 0 ? ImageReference.DefaultPullPolicy(Image) : ImagePullPolicy,
    };

    /// <summary>What is filled in for pods but not for pod templates.</summary>
    internal Container WithPodDefaults(bool hostNetwork) => this with
    {
        Resources = Resources.WithRequestsFromLimits(),
        Ports = hostNetwork ? Ports.ConvertAll(static port => port.HostPort == 0 ? port with { HostPort = port.Port } : port) : Ports,
    };

    /// <summary>An init container that keeps running beside the others (KEP-753).</summary>
    public bool IsSidecar => RestartPolicy == "Always";

    /// <summary>What a container that runs until the pod ends allows; after its name was compared with the others'.</summary>
    internal void ValidateMainOnly(PodRules rules, FieldPath path, FieldErrors errors)
    {
        ValidateHooksAndProbes(rules, path, errors);
        if (RestartPolicy is not null)
        {
            errors.Forbidden(path.Child("restartPolicy"), "may not be set for non-init containers");
        }
    }

    /// <summary>A container that runs before the main ones, and beside them when it is a sidecar.</summary>
    internal void ValidateInit(PodRules rules, FieldPath path, FieldErrors errors)
    {
        ValidateCommon(rules, path, errors);
        if (RestartPolicy is not null)
        {
            errors.OneOf(path.Child("restartPolicy"), RestartPolicy, "Always");
        }
    }

    /// <summary>What the kind of an init container allows; after its name and ports were compared with the others'.</summary>
    internal void ValidateInitOnly(PodRules rules, FieldPath path, FieldErrors errors)
    {
        if (IsSidecar)
        {
            ValidateHooksAndProbes(rules, path, errors);
            return;
        }

        var refused = new (string Field, object? Value)[]
        {
            ("lifecycle", Lifecycle), ("livenessProbe", LivenessProbe), ("readinessProbe", ReadinessProbe), ("startupProbe", StartupProbe),
        };
        foreach (var (field, _) in refused.Where(static each => each.Value is not null))
        {
            errors.Forbidden(path.Child(field), "may not be set for init containers without restartPolicy=Always");
        }

        if (!ResizePolicy.IsEmpty)
        {
            errors.Invalid(path.Child("resizePolicy"), ContainerResizePolicy.GoText(ResizePolicy), "must not be set for init containers");
        }
    }

    /// <summary>Rules for every container of a pod that templates are not held to.</summary>
    internal void ValidateOutsideTemplate(FieldPath path, FieldErrors errors)
    {
        if (Image.Trim().Length != Image.Length)
        {
            errors.Invalid(path.Child("image"), Image, "must not have leading or trailing whitespace");
        }
    }

    internal void ValidateCommon(PodRules rules, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.DnsLabel(path.Child("name"), Name);
        }

        errors.NotEmpty(path.Child("image"), Image);
        if (errors.NotEmpty(path.Child("terminationMessagePolicy"), TerminationMessagePolicy))
        {
            errors.OneOf(path.Child("terminationMessagePolicy"), TerminationMessagePolicy, "File", "FallbackToLogsOnError");
        }

        ContainerPort.ValidateAll(Ports, path.Child("ports"), errors);
        EnvVar.ValidateAll(Env, path.Child("env"), errors);
        EnvFromSource.ValidateAll(EnvFrom, path.Child("envFrom"), errors);
        VolumeMount.ValidateAll(this, rules, path.Child("volumeMounts"), errors);
        VolumeDevice.ValidateAll(this, rules, path.Child("volumeDevices"), errors);
        if (errors.NotEmpty(path.Child("imagePullPolicy"), ImagePullPolicy))
        {
            errors.OneOf(path.Child("imagePullPolicy"), ImagePullPolicy, "Always", "IfNotPresent", "Never");
        }

        Resources.Validate(rules.ClaimNames, path.Child("resources"), errors);
        ContainerResizePolicy.ValidateAll(ResizePolicy, rules.RestartPolicy, path.Child("resizePolicy"), errors);
        SecurityContext?.Validate(rules.UsesHostUsers, path.Child("securityContext"), errors);
    }

    private void ValidateHooksAndProbes(PodRules rules, FieldPath path, FieldErrors errors)
    {
        Lifecycle?.Validate(rules.GracePeriodSeconds, path.Child("lifecycle"), errors);
        LivenessProbe?.ValidateLiveness(rules.GracePeriodSeconds, path.Child("livenessProbe"), errors);
        ReadinessProbe?.ValidateReadiness(rules.GracePeriodSeconds, path.Child("readinessProbe"), errors);
        StartupProbe?.ValidateLiveness(rules.GracePeriodSeconds, path.Child("startupProbe"), errors);
    }
}
