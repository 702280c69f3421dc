using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Settings;

/// <summary>What is put into new pods of a namespace that a selector matches (removed from Kubernetes in v1.20).</summary>
[ApiType("io.k8s.api.settings.v1alpha1.PodPreset")]
public sealed partial record PodPreset : ApiObject, IResource<PodPreset>, IHasDefaults, IValidated
{
    public static ResourceInfo Info { get; } = new("settings.k8s.io", "v1alpha1", "PodPreset", "podpresets") { IsLegacy = true };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is put into which pods.</summary>
    [Field(2, Always = true)]
    public PodPresetSpec Spec { get; init; } = PodPresetSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with
    {
        Spec = Spec with
        {
            Env = Spec.Env.ConvertAll(static variable => variable.WithDefaults()),
            Volumes = Spec.Volumes.ConvertAll(static volume => volume.WithDefaults()),
        },
    };

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);
}

[ApiType("io.k8s.api.settings.v1alpha1.PodPresetSpec")]
public sealed partial record PodPresetSpec
{
    /// <summary>The pods, by their labels; an empty one matches all of the namespace.</summary>
    [Field(1, Always = true)]
    public LabelSelector Selector { get; init; } = LabelSelector.Empty;

    /// <summary>Environment variables of every container.</summary>
    [Field(2)]
    public ApiList<EnvVar> Env { get; init; }

    /// <summary>Sources of environment variables of every container.</summary>
    [Field(3)]
    public ApiList<EnvFromSource> EnvFrom { get; init; }

    /// <summary>Volumes of the pod.</summary>
    [Field(4)]
    public ApiList<Volume> Volumes { get; init; }

    /// <summary>Where every container mounts them.</summary>
    [Field(5)]
    public ApiList<VolumeMount> VolumeMounts { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        Selector.Validate(path.Child("selector"), errors);
        if (Env.IsEmpty && EnvFrom.IsEmpty && VolumeMounts.IsEmpty && Volumes.IsEmpty)
        {
            errors.Required(path.Child("volumes", "env").Child("envFrom", "volumeMounts"), "must specify at least one");
        }

        var volumes = PodSpecValidation.ValidateVolumes(PodSpec.Empty with { Volumes = Volumes }, podName: null, path.Child("volumes"), errors);
        EnvVar.ValidateAll(Env, path.Child("env"), errors);
        EnvFromSource.ValidateAll(EnvFrom, path.Child("envFrom"), errors);
        var rules = new PodRules(null, volumes, "", 0, UsesHostUsers: true, []);
        VolumeMount.ValidateAll(Container.Empty with { VolumeMounts = VolumeMounts }, rules, path.Child("volumeMounts"), errors);
    }
}
