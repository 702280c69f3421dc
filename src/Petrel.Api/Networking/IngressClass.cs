using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

/// <summary>A kind of ingresses: which controller acts on them, and with what parameters.</summary>
[ApiType("io.k8s.api.networking.v1.IngressClass")]
public sealed partial record IngressClass : ApiObject, IResource<IngressClass>, IHasDefaults, IHasGeneration, IPrintable, IValidated, IValidatedUpdate
{
    /// <summary>The annotation, true, by which a class is that of ingresses which name none.</summary>
    public const string DefaultAnnotation = "ingressclass.kubernetes.io/is-default-class";

    public static ResourceInfo Info { get; } = new("networking.k8s.io", "v1", "IngressClass", "ingressclasses")
    {
        Columns = IngressClassTable.Columns,
        Namespaced = false,
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public IngressClassSpec Spec { get; init; } = IngressClassSpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() =>
        Spec.Parameters is { Scope: null } parameters ? this with { Spec = Spec with { Parameters = parameters with { Scope = "Cluster" } } } : this;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => IngressClassTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        errors.Immutable(FieldPath.Root.Child("spec", "controller"), Spec.Controller, ((IngressClass)old).Spec.Controller);
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
    }
}

[ApiType("io.k8s.api.networking.v1.IngressClassSpec")]
public sealed partial record IngressClassSpec
{
    private const int ControllerBytesMax = 250;

    /// <summary>Name of the controller, DOMAIN/PATH. Cannot be changed.</summary>
    [Field(1)]
    public string Controller { get; init; } = "";

    /// <summary>An object with more settings for the controller.</summary>
    [Field(2)]
    public IngressClassParametersReference? Parameters { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (NameFormats.Bytes(Controller) > ControllerBytesMax)
        {
            errors.TooLong(path.Child("controller"), ControllerBytesMax);
        }

        errors.DomainPrefixedPath(path.Child("controller"), Controller);
        Parameters?.Validate(path.Child("parameters"), errors);
    }
}

[ApiType("io.k8s.api.networking.v1.IngressClassParametersReference")]
public sealed partial record IngressClassParametersReference
{
    /// <summary>Group of the kind; the core group when left out.</summary>
    [Field(1, Json = "apiGroup")]
    public string? ApiGroup { get; init; }

    /// <summary>Kind of the object.</summary>
    [Field(2, Required = true, Always = true)]
    public string Kind { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(3, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>Cluster or Namespace: where the object is. Cluster when left out.</summary>
    [Field(4)]
    public string? Scope { get; init; }

    /// <summary>Namespace of the object; with scope Namespace only.</summary>
    [Field(5)]
    public string? Namespace { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        IngressBackend.ValidateReference(ApiGroup, Kind, Name, path, errors);
        switch (Scope)
        {
            case null:
                errors.Required(path.Child("scope"));
                break;
            case "Namespace" when Namespace is null:
                errors.Required(path.Child("namespace"), "`parameters.scope` is set to 'Namespace'");
                break;
            case "Namespace":
                errors.DnsLabel(path.Child("namespace"), Namespace);
                break;
            case "Cluster" when Namespace is not null:
                errors.Forbidden(path.Child("namespace"), "`parameters.scope` is set to 'Cluster'");
                break;
            case "Cluster":
                break;
            default:
                errors.NotSupported(path.Child("scope"), Scope, ["Cluster", "Namespace"]);
                break;
        }
    }
}
