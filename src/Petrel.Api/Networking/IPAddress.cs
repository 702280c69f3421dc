using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

/// <summary>An address of the service ranges that is taken; its name is the address.</summary>
[ApiType("io.k8s.api.networking.v1.IPAddress")]
public sealed partial record IPAddress : ApiObject, IResource<IPAddress>, IPrintable, IValidated, IValidatedUpdate
{
    /// <summary>Label with the address's family, IPv4 or IPv6.</summary>
    public const string FamilyLabel = "ipaddress.kubernetes.io/ip-family";

    /// <summary>Label that says who makes and removes the object.</summary>
    public const string ManagedByLabel = "ipaddress.kubernetes.io/managed-by";

    /// <summary>The manager of addresses that belong to services: the API server.</summary>
    public const string AllocatorName = "ipallocator.k8s.io";

    public static ResourceInfo Info { get; } = new("networking.k8s.io", "v1", "IPAddress", "ipaddresses")
    {
        Columns = IPAddressTable.Columns,
        NameRule = static (name, _) => AddressFormats.StrictAddress(name),
        Namespaced = false,
        ShortNames = ["ip"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public IPAddressSpec Spec { get; init; } = IPAddressSpec.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => IPAddressTable.Cells(this, now);

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        var path = FieldPath.Root.Child("spec", "parentRef");
        if (Spec.ParentRef is null)
        {
            errors.Required(path);
        }
        else
        {
            Spec.ParentRef.Validate(path, errors);
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        if (Spec.ParentRef != ((IPAddress)old).Spec.ParentRef)
        {
            errors.Invalid(FieldPath.Root.Child("spec", "parentRef"), Spec.ParentRef?.ToGoSyntax(), "field is immutable");
        }
    }
}

[ApiType("io.k8s.api.networking.v1.IPAddressSpec")]
public sealed partial record IPAddressSpec
{
    /// <summary>Whose the address is. Cannot be changed.</summary>
    [Field(1, Required = true)]
    public ParentReference? ParentRef { get; init; }
}

[ApiType("io.k8s.api.networking.v1.ParentReference")]
public sealed partial record ParentReference
{
    /// <summary>Group of the object; empty for the core group.</summary>
    [Field(1)]
    public string Group { get; init; } = "";

    /// <summary>Resource of the object, e.g. services.</summary>
    [Field(2, Required = true)]
    public string Resource { get; init; } = "";

    /// <summary>Namespace of the object.</summary>
    [Field(3)]
    public string Namespace { get; init; } = "";

    /// <summary>Name of the object.</summary>
    [Field(4, Required = true)]
    public string Name { get; init; } = "";

    internal Verbatim ToGoSyntax() => new(
        $"networking.ParentReference{{Group:{GoSyntax.Quote(Group)}, Resource:{GoSyntax.Quote(Resource)}, Namespace:{GoSyntax.Quote(Namespace)}, Name:{GoSyntax.Quote(Name)}}}");

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Group.Length != 0)
        {
            errors.DnsSubdomain(path.Child("group"), Group);
        }

        if (errors.NotEmpty(path.Child("resource"), Resource))
        {
            errors.InvalidAll(path.Child("resource"), Resource, NameRules.PathSegment(Resource, isPrefix: false));
        }

        if (errors.NotEmpty(path.Child("name"), Name))
        {
            errors.InvalidAll(path.Child("name"), Name, NameRules.PathSegment(Name, isPrefix: false));
        }

        if (Namespace.Length != 0)
        {
            errors.InvalidAll(path.Child("namespace"), Namespace, NameRules.PathSegment(Namespace, isPrefix: false));
        }
    }
}
