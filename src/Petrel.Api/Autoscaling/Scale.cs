using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Autoscaling;

/// <summary>The number of replicas of an object, whatever its kind.</summary>
[ApiType("io.k8s.api.autoscaling.v1.Scale")]
public sealed partial record Scale : ApiObject, IPrintable, IValidated
{
    public override GroupVersionKind GroupVersionKind => new("autoscaling", "v1", "Scale");

    /// <summary>The number that is wanted.</summary>
    [Field(2, Always = true)]
    public ScaleSpec Spec { get; init; } = ScaleSpec.Empty;

    /// <summary>The number that there is.</summary>
    [Field(3, Always = true)]
    public ScaleStatus Status { get; init; } = ScaleStatus.Empty;

    /// <summary>The scale of an object with replicas.</summary>
    internal static Scale Of(ApiObject value, int? replicas, int current, LabelSelector? selector) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = value.Metadata.Name,
            Namespace = value.Metadata.Namespace,
            Uid = value.Metadata.Uid,
            ResourceVersion = value.Metadata.ResourceVersion,
            CreationTimestamp = value.Metadata.CreationTimestamp,
        },
        Spec = new ScaleSpec { Replicas = replicas ?? 0 },
        Status = new ScaleStatus { Replicas = current, Selector = selector?.ToSelectorText() ?? "" },
    };

    /// <summary>Columns of the table form of the subresource.</summary>
    public static IReadOnlyList<Column> Columns => ScaleTable.Columns;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => ScaleTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => errors.NonNegative(FieldPath.Root.Child("spec", "replicas"), Spec.Replicas);
}

[ApiType("io.k8s.api.autoscaling.v1.ScaleSpec")]
public sealed partial record ScaleSpec
{
    /// <summary>Replicas wanted.</summary>
    [Field(1)]
    public int Replicas { get; init; }
}

[ApiType("io.k8s.api.autoscaling.v1.ScaleStatus")]
public sealed partial record ScaleStatus
{
    /// <summary>Replicas that there are.</summary>
    [Field(1, Required = true, Always = true)]
    public int Replicas { get; init; }

    /// <summary>Label selector of the replicas, in its text form.</summary>
    [Field(2)]
    public string Selector { get; init; } = "";
}
