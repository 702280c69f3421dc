using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

/// <summary>Leads HTTP requests from outside to services, by host and path. Needs an ingress controller.</summary>
[ApiType("io.k8s.api.networking.v1.Ingress")]
public sealed partial record Ingress : ApiObject, IResource<Ingress>, IHasStatus, IHasGeneration, IWarnsOnCreate, IPrintable, IValidated, IValidatedUpdate, IValidatedStatus
{
    /// <summary>The annotation that named the class before ingressClassName did.</summary>
    public const string ClassAnnotation = "kubernetes.io/ingress.class";

    public static ResourceInfo Info { get; } = new("networking.k8s.io", "v1", "Ingress", "ingresses")
    {
        Columns = IngressTable.Columns,
        ShortNames = ["ing"],
        StorageKey = "ingress",
        Subresources = [new("status", Verbs.GetPatchUpdate)],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public IngressSpec Spec { get; init; } = IngressSpec.Empty;

    /// <summary>What is so; written by the ingress controller.</summary>
    [Field(3, Always = true)]
    public IngressStatus Status { get; init; } = IngressStatus.Empty;

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => IngressTable.Cells(this, now);

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings()
    {
        if (Metadata.Annotations.ContainsKey(ClassAnnotation) && Spec.IngressClassName is null)
        {
            yield return $"annotation \"{ClassAnnotation}\" is deprecated, please use 'spec.ingressClassName' instead";
        }
    }

    /// <inheritdoc/>
    public void Validate(FieldErrors errors)
    {
        Spec.Validate(old: null, FieldPath.Root.Child("spec"), errors);
        if (Spec.IngressClassName is { } name && Metadata.Annotations.TryGetValue(ClassAnnotation, out var annotated) && annotated != name)
        {
            errors.Invalid(FieldPath.Root.Child("annotations").Child(ClassAnnotation), annotated, "must match `ingressClassName` when both are specified");
        }
    }

    /// <inheritdoc/>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Spec.Validate(((Ingress)old).Spec, FieldPath.Root.Child("spec"), errors);
    }

    /// <inheritdoc/>
    public void ValidateStatusUpdate(ApiObject old, FieldErrors errors) => Status.LoadBalancer.Validate(FieldPath.Root.Child("status", "loadBalancer"), errors);
}

[ApiType("io.k8s.api.networking.v1.IngressSpec")]
public sealed partial record IngressSpec
{
    /// <summary>Name of the IngressClass, which says what controller acts on the ingress.</summary>
    [Field(4)]
    public string? IngressClassName { get; init; }

    /// <summary>Where requests go that no rule matches.</summary>
    [Field(1)]
    public IngressBackend? DefaultBackend { get; init; }

    /// <summary>Certificates for hosts.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<IngressTLS> Tls { get; init; }

    /// <summary>Where requests go, by host.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<IngressRule> Rules { get; init; }

    /// <param name="old">Stored before; what is wrong in it already stays allowed.</param>
    internal void Validate(IngressSpec? old, FieldPath path, FieldErrors errors)
    {
        if (Rules.IsEmpty && DefaultBackend is null)
        {
            errors.Invalid(path, new Verbatim(Rules.IsNil ? "[]networking.IngressRule(nil)" : "[]networking.IngressRule{}"), "either `defaultBackend` or `rules` must be specified");
        }

        DefaultBackend?.Validate(path.Child("defaultBackend"), errors);
        var allowsWildcards = old?.Rules.Any(static rule => rule.IsWildcard && !rule.IsHttpValid) == true;
        for (var i = 0; i < Rules.Count; i++)
        {
            Rules[i].Validate(allowsWildcards, path.Child("rules").Index(i), errors);
        }

        var allowsSecretNames = old?.Tls.Any(static tls => !tls.IsSecretNameValid) == true;
        for (var i = 0; i < Tls.Count; i++)
        {
            Tls[i].Validate(allowsSecretNames, path.Child("tls").Index(i), errors);
        }

        if (IngressClassName is not null)
        {
            errors.DnsSubdomain(path.Child("ingressClassName"), IngressClassName);
        }
    }
}

[ApiType("io.k8s.api.networking.v1.IngressTLS")]
public sealed partial record IngressTLS
{
    /// <summary>Hosts that the certificate is for.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Hosts { get; init; }

    /// <summary>Secret with the certificate and its key.</summary>
    [Field(2)]
    public string SecretName { get; init; } = "";

    internal bool IsSecretNameValid => SecretName.Length == 0 || !NameFormats.DnsSubdomain(SecretName).Any();

    internal void Validate(bool allowsAnySecretName, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < Hosts.Count; i++)
        {
            errors.InvalidAll(path.Child("hosts").Index(i), Hosts[i], IngressRule.HostProblems(Hosts[i]));
        }

        if (SecretName.Length != 0 && !allowsAnySecretName)
        {
            errors.DnsSubdomain(path.Child("secretName"), SecretName);
        }
    }
}
