using Petrel.Api.Features;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Autoscaling.V2;

/// <summary>Sets the number of an object's replicas by what is measured of them. Version 1 shows the same stored objects.</summary>
[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler")]
public sealed partial record HorizontalPodAutoscaler : ApiObject, IResource<HorizontalPodAutoscaler>, IHasStatus, IHasDefaults, IPrepared, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = new("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers")
    {
        Columns = HorizontalPodAutoscalerTable.Columns,
        ShortNames = ["hpa"],
        Categories = ["all"],
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public HorizontalPodAutoscalerSpec Spec { get; init; } = HorizontalPodAutoscalerSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public HorizontalPodAutoscalerStatus Status { get; init; } = HorizontalPodAutoscalerStatus.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => this with { Spec = Spec.WithoutDisabledFields(null), Status = HorizontalPodAutoscalerStatus.Empty };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old)
    {
        var autoscaler = (HorizontalPodAutoscaler)old;
        return this with { Spec = Spec.WithoutDisabledFields(autoscaler.Spec), Status = autoscaler.Status };
    }

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => HorizontalPodAutoscalerTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => HorizontalPodAutoscalerValidation.Validate(Spec, FeatureGates.IsOn(KnownFeatures.HPAScaleToZero) ? 0 : 1, FieldPath.Root.Child("spec"), errors);

    /// <summary>Zero replicas need the feature HPAScaleToZero, or are already stored.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) =>
        HorizontalPodAutoscalerValidation.Validate(Spec, FeatureGates.IsOn(KnownFeatures.HPAScaleToZero) || ((HorizontalPodAutoscaler)old).Spec.MinReplicas == 0 ? 0 : 1, FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors)
    {
        errors.NonNegative(FieldPath.Root.Child("status", "currentReplicas"), Status.CurrentReplicas);
        errors.NonNegative(FieldPath.Root.Child("status", "desiredReplicas"), Status.DesiredReplicas);
    }
}

[ApiType("io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerSpec")]
public sealed partial record HorizontalPodAutoscalerSpec
{
    /// <summary>The object whose replicas are set.</summary>
    [Field(1, Required = true, Always = true)]
    public CrossVersionObjectReference ScaleTargetRef { get; init; } = CrossVersionObjectReference.Empty;

    /// <summary>Fewest replicas; 1 when left out.</summary>
    [Field(2)]
    public int? MinReplicas { get; init; }

    /// <summary>Most replicas.</summary>
    [Field(3, Required = true, Always = true)]
    public int MaxReplicas { get; init; }

    /// <summary>What is measured and what it is to be; the metric that asks for the most replicas decides. 80% of the cpu when left out.</summary>
    [Field(4, ListType = "atomic")]
    public ApiList<MetricSpec> Metrics { get; init; }

    /// <summary>How fast the number may change.</summary>
    [Field(5)]
    public HorizontalPodAutoscalerBehavior? Behavior { get; init; }

    /// <summary>80% of the cpu that the containers ask for.</summary>
    internal static MetricSpec DefaultMetric { get; } = new()
    {
        Type = "Resource",
        Resource = new() { Name = "cpu", Target = new() { Type = "Utilization", AverageUtilization = 80 } },
    };

    internal HorizontalPodAutoscalerSpec WithDefaults() => this with
    {
        MinReplicas = MinReplicas ?? 1,
        Metrics = Metrics.IsEmpty ? [DefaultMetric] : Metrics,
        Behavior = Behavior?.WithDefaults(),
    };

    internal HorizontalPodAutoscalerSpec WithoutDisabledFields(HorizontalPodAutoscalerSpec? old) =>
        FeatureGates.IsOn(KnownFeatures.HPAConfigurableTolerance)
        || (old?.Behavior is { } used && (used.ScaleUp?.Tolerance ?? used.ScaleDown?.Tolerance) is not null)
            ? this
            : this with { Behavior = Behavior?.WithoutTolerance() };
}

[ApiType("io.k8s.api.autoscaling.v2.CrossVersionObjectReference")]
public sealed partial record CrossVersionObjectReference
{
    /// <summary>Kind of the object.</summary>
    [Field(1, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(2, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Group and version of the object.</summary>
    [Field(3)]
    public string ApiVersion { get; init; } = "";
}
