using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.EphemeralContainer")]
public sealed partial record EphemeralContainer
{
    [Field(1, Required = true, Always = true, Inside = 1)]
    public string Name { get; init; } = "";

    [Field(2, Inside = 1)]
    public string Image { get; init; } = "";

    [Field(3, Inside = 1, ListType = "atomic")]
    public ApiList<string> Command { get; init; }

    [Field(4, Inside = 1, ListType = "atomic")]
    public ApiList<string> Args { get; init; }

    [Field(5, Inside = 1)]
    public string WorkingDir { get; init; } = "";

    [Field(6, Inside = 1, ListType = "map", MapKeys = "containerPort,protocol", PatchStrategy = "merge", PatchMergeKey = "containerPort")]
    public ApiList<ContainerPort> Ports { get; init; }

    [Field(19, Inside = 1, ListType = "atomic")]
    public ApiList<EnvFromSource> EnvFrom { get; init; }

    [Field(7, Inside = 1, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<EnvVar> Env { get; init; }

    [Field(8, Always = true, Inside = 1)]
    public ResourceRequirements Resources { get; init; } = ResourceRequirements.Empty;

    [Field(23, Inside = 1, ListType = "atomic")]
    public ApiList<ContainerResizePolicy> ResizePolicy { get; init; }

    [Field(24, Inside = 1)]
    public string? RestartPolicy { get; init; }

    [Field(9, Inside = 1, ListType = "map", MapKeys = "mountPath", PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public ApiList<VolumeMount> VolumeMounts { get; init; }

    [Field(21, Inside = 1, ListType = "map", MapKeys = "devicePath", PatchStrategy = "merge", PatchMergeKey = "devicePath")]
    public ApiList<VolumeDevice> VolumeDevices { get; init; }

    [Field(10, Inside = 1)]
    public Probe? LivenessProbe { get; init; }

    [Field(11, Inside = 1)]
    public Probe? ReadinessProbe { get; init; }

    [Field(22, Inside = 1)]
    public Probe? StartupProbe { get; init; }

    [Field(12, Inside = 1)]
    public Lifecycle? Lifecycle { get; init; }

    [Field(13, Inside = 1)]
    public string TerminationMessagePath { get; init; } = "";

    [Field(20, Inside = 1, Enum = ["FallbackToLogsOnError", "File"])]
    public string TerminationMessagePolicy { get; init; } = "";

    [Field(14, Inside = 1, Enum = ["Always", "IfNotPresent", "Never"])]
    public string ImagePullPolicy { get; init; } = "";

    [Field(15, Inside = 1)]
    public SecurityContext? SecurityContext { get; init; }

    [Field(16, Inside = 1)]
    public bool Stdin { get; init; }

    [Field(17, Inside = 1)]
    public bool StdinOnce { get; init; }

    [Field(18, Inside = 1)]
    public bool Tty { get; init; }

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
