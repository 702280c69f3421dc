using Petrel.Api.Core;
using Petrel.Api.Networking;
using Petrel.Api.Resources;
using Petrel.Api.Schema;

namespace Petrel.Api.Removed;

/// <summary>An ingress as networking.k8s.io/v1beta1 and extensions/v1beta1 had it: with flat backends.</summary>
[ApiType("io.k8s.api.networking.v1beta1.Ingress")]
public sealed partial record Ingress : ApiObject, IResource<Ingress>
{
    public static ResourceInfo Info { get; } = new("networking.k8s.io", "v1beta1", "Ingress", "ingresses");

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public IngressSpec Spec { get; init; } = IngressSpec.Empty;

    /// <summary>What is so; written by the system.</summary>
    [Field(3, Always = true)]
    public IngressStatus Status { get; init; } = IngressStatus.Empty;
}

[ApiType("io.k8s.api.networking.v1beta1.IngressSpec")]
public sealed partial record IngressSpec
{
    /// <summary>Class of the ingress.</summary>
    [Field(4)]
    public string? IngressClassName { get; init; }

    /// <summary>Where what no rule takes goes.</summary>
    [Field(1)]
    public IngressBackend? Backend { get; init; }

    /// <summary>Hosts with TLS.</summary>
    [Field(2)]
    public ApiList<IngressTLS> Tls { get; init; }

    /// <summary>What goes where.</summary>
    [Field(3)]
    public ApiList<IngressRule> Rules { get; init; }
}

[ApiType("io.k8s.api.networking.v1beta1.IngressBackend")]
public sealed partial record IngressBackend
{
    /// <summary>Name of the service.</summary>
    [Field(1)]
    public string ServiceName { get; init; } = "";

    /// <summary>Port of the service.</summary>
    [Field(2, Always = true)]
    public IntOrString ServicePort { get; init; }

    /// <summary>Another object, instead of a service.</summary>
    [Field(3)]
    public TypedLocalObjectReference? Resource { get; init; }
}

[ApiType("io.k8s.api.networking.v1beta1.IngressRule")]
public sealed partial record IngressRule
{
    /// <summary>The host; all when empty.</summary>
    [Field(1)]
    public string Host { get; init; } = "";

    /// <summary>What of HTTP goes where.</summary>
    [Field(1, Inside = 2)]
    public HTTPIngressRuleValue? Http { get; init; }
}

[ApiType("io.k8s.api.networking.v1beta1.HTTPIngressRuleValue")]
public sealed partial record HTTPIngressRuleValue
{
    /// <summary>Paths and where they go.</summary>
    [Field(1, Always = true)]
    public ApiList<HTTPIngressPath> Paths { get; init; }
}

[ApiType("io.k8s.api.networking.v1beta1.HTTPIngressPath")]
public sealed partial record HTTPIngressPath
{
    /// <summary>The path.</summary>
    [Field(1)]
    public string Path { get; init; } = "";

    /// <summary>How the path is compared.</summary>
    [Field(3)]
    public string? PathType { get; init; }

    /// <summary>Where it goes.</summary>
    [Field(2, Always = true)]
    public IngressBackend Backend { get; init; } = IngressBackend.Empty;
}
