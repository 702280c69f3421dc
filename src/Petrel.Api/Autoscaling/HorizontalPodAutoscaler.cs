using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Autoscaling;

/// <summary>Sets the number of an object's replicas by their use of cpu. What version 2 can say besides is kept in annotations.</summary>
[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler")]
public sealed partial record HorizontalPodAutoscaler : ApiObject, IResource<HorizontalPodAutoscaler>, IConverted<HorizontalPodAutoscaler, V2.HorizontalPodAutoscaler>,
    IHasStatus, IHasDefaults, IPrepared, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    public static ResourceInfo Info { get; } = V2.HorizontalPodAutoscaler.Info with { Version = "v1" };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public HorizontalPodAutoscalerSpec Spec { get; init; } = HorizontalPodAutoscalerSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public HorizontalPodAutoscalerStatus Status { get; init; } = HorizontalPodAutoscalerStatus.Empty;

    /// <inheritdoc/>
    public static HorizontalPodAutoscaler FromStorage(V2.HorizontalPodAutoscaler stored) => AutoscalerVersions.ToVersion1(stored);

    /// <inheritdoc/>
    public V2.HorizontalPodAutoscaler ToStorage() => AutoscalerVersions.ToVersion2(this);

    // Everything else is as in version 2, in whose words also the errors are.

    /// <inheritdoc/>
    public ApiObject WithDefaults() => FromStorage((V2.HorizontalPodAutoscaler)ToStorage().WithDefaults());

    /// <inheritdoc/>
    public ApiObject PrepareForCreate() => FromStorage((V2.HorizontalPodAutoscaler)ToStorage().PrepareForCreate());

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => FromStorage((V2.HorizontalPodAutoscaler)ToStorage().PrepareForUpdate(Stored(old)));

    /// <inheritdoc/>
    public ApiObject WithStatusOf(ApiObject other) => FromStorage((V2.HorizontalPodAutoscaler)ToStorage().WithStatusOf(Stored(other)));

    /// <inheritdoc/>
    public ApiObject PrepareForStatusUpdate(ApiObject old) => FromStorage((V2.HorizontalPodAutoscaler)ToStorage().PrepareForStatusUpdate(Stored(old)));

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ToStorage().Cells(now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => ToStorage().Validate(errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors) => ToStorage().ValidateUpdate(Stored(old), errors);

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => ToStorage().ValidateStatusUpdate(Stored(old), errors);

    private static V2.HorizontalPodAutoscaler Stored(ApiObject value) => ((HorizontalPodAutoscaler)value).ToStorage();
}

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerSpec")]
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

    /// <summary>Percentage of the cpu that the pods ask for; 80 when left out.</summary>
    [Field(4)]
    public int? TargetCPUUtilizationPercentage { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.HorizontalPodAutoscalerStatus")]
public sealed partial record HorizontalPodAutoscalerStatus
{
    /// <summary>Generation of the spec that the controller last acted on.</summary>
    [Field(1)]
    public long? ObservedGeneration { get; init; }

    /// <summary>When the number of replicas was last changed.</summary>
    [Field(2)]
    public DateTimeOffset? LastScaleTime { get; init; }

    /// <summary>Replicas that there are.</summary>
    [Field(3, Required = true, Always = true)]
    public int CurrentReplicas { get; init; }

    /// <summary>Replicas that there should be.</summary>
    [Field(4, Required = true, Always = true)]
    public int DesiredReplicas { get; init; }

    /// <summary>Percentage of the cpu that the pods ask for and use.</summary>
    [Field(5)]
    public int? CurrentCPUUtilizationPercentage { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.CrossVersionObjectReference", MapType = "atomic")]
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
