using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>Bounds for the resources of single pods, containers and claims of a namespace, and what they get when they state none.</summary>
[ApiType("io.k8s.api.core.v1.LimitRange")]
public sealed partial record LimitRange : ApiObject, IResource<LimitRange>, IHasDefaults, IPrepared, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("", "v1", "LimitRange", "limitranges")
    {
        CreateOnUpdate = true,
        ShortNames = ["limits"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>The bounds.</summary>
    [Field(2, Always = true)]
    public LimitRangeSpec Spec { get; init; } = LimitRangeSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec with { Limits = Spec.Limits.ConvertAll(static item => item.WithDefaults()) } };

    /// <summary>A limit range without a name gets one that nobody else has.</summary>
    public ApiObject PrepareForCreate() => WithoutEmptyList() with
    {
        Metadata = Metadata.Name.Length > 0 ? Metadata : Metadata with { Name = Guid.NewGuid().ToString() },
    };

    /// <inheritdoc/>
    public ApiObject PrepareForUpdate(ApiObject old) => WithoutEmptyList();

    // An empty list and none are stored alike, as null.
    private LimitRange WithoutEmptyList() => Spec.Limits.IsEmpty ? this with { Spec = Spec with { Limits = default } } : this;

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => LimitRangeValidation.Validate(Spec, FieldPath.Root.Child("spec", "limits"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}

[ApiType("io.k8s.api.core.v1.LimitRangeSpec")]
public sealed partial record LimitRangeSpec
{
    /// <summary>Bounds, one entry for each type of object.</summary>
    [Field(1, Required = true, Always = true, ListType = "atomic")]
    public ApiList<LimitRangeItem> Limits { get; init; }
}

[ApiType("io.k8s.api.core.v1.LimitRangeItem")]
public sealed partial record LimitRangeItem
{
    /// <summary>What is bounded: Pod (the sum of its containers), Container or PersistentVolumeClaim, or a qualified name.</summary>
    [Field(1, Required = true, Always = true)]
    public string Type { get; init; } = "";

    /// <summary>Most that may be asked for, by resource.</summary>
    [Field(2)]
    public ApiMap<Quantity> Max { get; init; }

    /// <summary>Least that must be asked for, by resource.</summary>
    [Field(3)]
    public ApiMap<Quantity> Min { get; init; }

    /// <summary>Limits of containers that state none, by resource.</summary>
    [Field(4)]
    public ApiMap<Quantity> Default { get; init; }

    /// <summary>Requests of containers that state none, by resource.</summary>
    [Field(5)]
    public ApiMap<Quantity> DefaultRequest { get; init; }

    /// <summary>How many times its request a limit may be, by resource; both must then be stated.</summary>
    [Field(6)]
    public ApiMap<Quantity> MaxLimitRequestRatio { get; init; }

    /// <summary>For containers the largest limit is the default one, which is also the default request, or else the least is.</summary>
    internal LimitRangeItem WithDefaults()
    {
        var item = this with
        {
            Max = Max.WithDefaults(),
            Min = Min.WithDefaults(),
            Default = Default.WithDefaults(),
            DefaultRequest = DefaultRequest.WithDefaults(),
            MaxLimitRequestRatio = MaxLimitRequestRatio.WithDefaults(),
        };
        if (Type != "Container")
        {
            return item;
        }

        var limits = Completed(item.Default, item.Max);
        return item with { Default = limits, DefaultRequest = Completed(Completed(item.DefaultRequest, limits), item.Min) };
    }

    private static ApiMap<Quantity> Completed(ApiMap<Quantity> amounts, ApiMap<Quantity> from)
    {
        foreach (var (name, amount) in from)
        {
            if (!amounts.ContainsKey(name))
            {
                amounts = amounts.With(name, amount);
            }
        }

        return amounts;
    }
}
