using System.Globalization;
using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Apps;

[ApiType("io.k8s.api.apps.v1.StatefulSetSpec")]
public sealed partial record StatefulSetSpec
{
    /// <summary>Number of pods wanted; 1 when left out.</summary>
    [Field(1)]
    public int? Replicas { get; init; }

    /// <summary>Which pods belong to the stateful set. Must match the template's labels and cannot be changed.</summary>
    [Field(2, Always = true, Required = true)]
    public LabelSelector? Selector { get; init; }

    /// <summary>What the pods look like. Their restart policy can only be Always.</summary>
    [Field(3, Always = true, Required = true)]
    public PodTemplateSpec Template { get; init; } = PodTemplateSpec.Empty;

    /// <summary>Claims that each pod gets of its own, and keeps.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<PersistentVolumeClaim> VolumeClaimTemplates { get; init; }

    /// <summary>Service below whose name the pods' names are known.</summary>
    [Field(5, Always = true)]
    public string ServiceName { get; init; } = "";

    /// <summary>OrderedReady (when left out) starts and ends pods one after the other, Parallel all at once.</summary>
    [Field(6, Enum = ["OrderedReady", "Parallel"])]
    public string PodManagementPolicy { get; init; } = "";

    /// <summary>How pods of an old template give way to new ones.</summary>
    [Field(7, Always = true)]
    public StatefulSetUpdateStrategy UpdateStrategy { get; init; } = StatefulSetUpdateStrategy.Empty;

    /// <summary>Old revisions kept for rollbacks; 10 when left out.</summary>
    [Field(8)]
    public int? RevisionHistoryLimit { get; init; }

    /// <summary>Seconds for which a new pod must have been ready before it counts as available.</summary>
    [Field(9)]
    public int MinReadySeconds { get; init; }

    /// <summary>What becomes of the claims when pods or the stateful set go; they stay when left out.</summary>
    [Field(10)]
    public StatefulSetPersistentVolumeClaimRetentionPolicy? PersistentVolumeClaimRetentionPolicy { get; init; }

    /// <summary>How the pods are numbered.</summary>
    [Field(11)]
    public StatefulSetOrdinals? Ordinals { get; init; }

    internal StatefulSetSpec WithDefaults() => this with
    {
        Replicas = Replicas ?? 1,
        Template = Template.WithDefaults(),
        VolumeClaimTemplates = VolumeClaimTemplates.ConvertAll(static claim => (PersistentVolumeClaim)claim.WithDefaults()),
        PodManagementPolicy = PodManagementPolicy.Length == 0 ? "OrderedReady" : PodManagementPolicy,
        UpdateStrategy = UpdateStrategy.WithDefaults(),
        RevisionHistoryLimit = RevisionHistoryLimit ?? 10,
        PersistentVolumeClaimRetentionPolicy = (PersistentVolumeClaimRetentionPolicy ?? StatefulSetPersistentVolumeClaimRetentionPolicy.Empty).WithDefaults(),
    };

    internal StatefulSetSpec WithoutDisabledFields(StatefulSetSpec? old) => this with
    {
        Template = Template with { Spec = DisabledFields.Drop(Template.Spec, old?.Template.Spec) },
        UpdateStrategy = UpdateStrategy.RollingUpdate?.MaxUnavailable is null || FeatureGates.IsOn(KnownFeatures.MaxUnavailableStatefulSet)
            || old?.UpdateStrategy.RollingUpdate?.MaxUnavailable is not null
            ? UpdateStrategy
            : UpdateStrategy with { RollingUpdate = UpdateStrategy.RollingUpdate with { MaxUnavailable = null } },
    };

    /// <summary>This spec with all that may change as the other has it.</summary>
    internal StatefulSetSpec WithMutableOf(StatefulSetSpec other) => this with
    {
        Replicas = other.Replicas,
        Template = other.Template,
        UpdateStrategy = other.UpdateStrategy,
        MinReadySeconds = other.MinReadySeconds,
        Ordinals = other.Ordinals,
        RevisionHistoryLimit = other.RevisionHistoryLimit,
        PersistentVolumeClaimRetentionPolicy = other.PersistentVolumeClaimRetentionPolicy,
    };

    /// <param name="isNew">An update tolerates a service name of old that cannot be changed.</param>
    internal void Validate(bool isNew, FieldPath path, FieldErrors errors)
    {
        if (errors.NotEmpty(path.Child("podManagementPolicy"), PodManagementPolicy) && PodManagementPolicy is not ("OrderedReady" or "Parallel"))
        {
            errors.Invalid(path.Child("podManagementPolicy"), PodManagementPolicy, "must be 'OrderedReady' or 'Parallel'");
        }

        UpdateStrategy.Validate(path.Child("updateStrategy"), errors);
        PersistentVolumeClaimRetentionPolicy?.Validate(path.Child("persistentVolumeClaimRetentionPolicy"), errors);
        errors.NonNegative(path.Child("replicas"), Replicas ?? 0);
        errors.NonNegative(path.Child("minReadySeconds"), MinReadySeconds);
        errors.NonNegative(path.Child("ordinals", "start"), Ordinals?.Start ?? 0);
        if (isNew && ServiceName.Length != 0)
        {
            errors.DnsLabel(path.Child("serviceName"), ServiceName);
        }

        ValidateTemplate(path, errors);
    }

    // Of the pods only what surrounds their spec is checked: the claims may be what their volumes lack.
    private void ValidateTemplate(FieldPath path, FieldErrors errors)
    {
        if (Selector is null)
        {
            errors.Required(path.Child("selector"));
        }
        else
        {
            Selector.Validate(path.Child("selector"), errors);
            if (Selector is { MatchLabels.IsEmpty: true, MatchExpressions.IsEmpty: true })
            {
                errors.Invalid(path.Child("selector"), GoSyntax.LabelSelector(Selector), "empty selector is invalid for statefulset");
            }
        }

        var template = path.Child("template");
        if (Selector is { IsValid: false })
        {
            errors.Invalid(path.Child("selector"), GoSyntax.LabelSelector(Selector), "");
        }
        else
        {
            if (Selector?.Matches(Template.Metadata.Labels) != true)
            {
                errors.Invalid(template.Child("metadata", "labels"), GoSyntax.Map(Template.Metadata.Labels), "`selector` does not match template `labels`");
            }

            LabelValidation.ValidateLabels(Template.Metadata.Labels, template.Child("labels"), errors);
            ObjectMetaValidation.ValidateAnnotations(Template.Metadata.Annotations, template.Child("annotations"), errors);
            PodAnnotations.Validate(Template.Metadata.Annotations, Template.Spec, template.Child("annotations"), errors);
        }

        errors.OneOf(template.Child("spec", "restartPolicy"), Template.Spec.RestartPolicy, "Always");
        if (Template.Spec.ActiveDeadlineSeconds is not null)
        {
            errors.Forbidden(template.Child("spec", "activeDeadlineSeconds"), "activeDeadlineSeconds in StatefulSet is not Supported");
        }
    }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetOrdinals")]
public sealed partial record StatefulSetOrdinals
{
    /// <summary>Number of the first pod.</summary>
    [Field(1, Always = true)]
    public int Start { get; init; }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy")]
public sealed partial record StatefulSetPersistentVolumeClaimRetentionPolicy
{
    /// <summary>When the stateful set is deleted: Retain (when left out) or Delete.</summary>
    [Field(1)]
    public string WhenDeleted { get; init; } = "";

    /// <summary>When the number of pods is lowered: Retain (when left out) or Delete.</summary>
    [Field(2)]
    public string WhenScaled { get; init; } = "";

    internal StatefulSetPersistentVolumeClaimRetentionPolicy WithDefaults() => new()
    {
        WhenDeleted = WhenDeleted.Length == 0 ? "Retain" : WhenDeleted,
        WhenScaled = WhenScaled.Length == 0 ? "Retain" : WhenScaled,
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        errors.OneOf(path.Child("whenDeleted"), WhenDeleted, "Retain", "Delete");
        errors.OneOf(path.Child("whenScaled"), WhenScaled, "Retain", "Delete");
    }
}

[ApiType("io.k8s.api.apps.v1.StatefulSetUpdateStrategy")]
public sealed partial record StatefulSetUpdateStrategy
{
    /// <summary>RollingUpdate (when left out) replaces pods step by step; OnDelete only those that somebody deletes.</summary>
    [Field(1, Enum = ["OnDelete", "RollingUpdate"])]
    public string Type { get; init; } = "";

    /// <summary>How far the update goes; with type RollingUpdate only.</summary>
    [Field(2)]
    public RollingUpdateStatefulSetStrategy? RollingUpdate { get; init; }

    internal StatefulSetUpdateStrategy WithDefaults() => Type switch
    {
        "" => new() { Type = "RollingUpdate", RollingUpdate = (RollingUpdate ?? RollingUpdateStatefulSetStrategy.Empty).WithDefaults() },
        _ => this with { RollingUpdate = RollingUpdate?.WithDefaults() },
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        switch (Type)
        {
            case "":
                errors.Required(path);
                break;
            case "OnDelete" when RollingUpdate is not null:
                errors.Invalid(path.Child("rollingUpdate"), RollingUpdate.GoText, "only allowed for updateStrategy 'RollingUpdate'");
                break;
            case "RollingUpdate":
                errors.NonNegative(path.Child("rollingUpdate", "partition"), RollingUpdate?.Partition ?? 0);
                break;
            case not "OnDelete":
                var text = new Verbatim($"apps.StatefulSetUpdateStrategy{{Type:{GoSyntax.Quote(Type)}, RollingUpdate:{GoSyntax.Pointer("apps.RollingUpdateStatefulSetStrategy", RollingUpdate)}}}");
                errors.Invalid(path, text, "must be 'RollingUpdate' or 'OnDelete'");
                break;
        }
    }
}

[ApiType("io.k8s.api.apps.v1.RollingUpdateStatefulSetStrategy")]
public sealed partial record RollingUpdateStatefulSetStrategy
{
    /// <summary>Pods with a lower number than this keep the old template; 0 when left out.</summary>
    [Field(1)]
    public int? Partition { get; init; }

    /// <summary>Pods that may be missing during an update: a number, or a percentage rounded up. Its feature is off by default.</summary>
    [Field(2)]
    public IntOrString? MaxUnavailable { get; init; }

    // Upstream's own form of the object has a plain number here, so it always comes out.
    internal RollingUpdateStatefulSetStrategy WithDefaults() => this with { Partition = Partition ?? 0 };

    internal Verbatim GoText => new(string.Create(
        CultureInfo.InvariantCulture,
        $"apps.RollingUpdateStatefulSetStrategy{{Partition:{Partition ?? 0}, MaxUnavailable:{GoSyntax.Pointer("intstr.IntOrString", MaxUnavailable)}}}"));
}
