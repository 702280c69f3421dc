using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

/// <summary>Says which traffic pods may have. A pod that a policy selects may have only what some policy allows.</summary>
[ApiType("io.k8s.api.networking.v1.NetworkPolicy")]
public sealed partial record NetworkPolicy : ApiObject, IResource<NetworkPolicy>, IHasDefaults, IHasGeneration, IWarnsOnCreate, IWarnsOnUpdate, IPrintable, IValidated, IValidatedUpdate
{
    public static ResourceInfo Info { get; } = new("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies")
    {
        Columns = NetworkPolicyTable.Columns,
        ShortNames = ["netpol"],
    };

    public override GroupVersionKind GroupVersionKind => Info.GroupVersionKind;

    /// <summary>What is wished for.</summary>
    [Field(2, Always = true)]
    public NetworkPolicySpec Spec { get; init; } = NetworkPolicySpec.Empty;

    /// <inheritdoc/>
    public ApiObject WithDefaults() => this with { Spec = Spec.WithDefaults() };

    /// <inheritdoc/>
    public IReadOnlyList<object?> Cells(DateTimeOffset now) => NetworkPolicyTable.Cells(this, now);

    /// <inheritdoc/>
    public IEnumerable<string> CreateWarnings()
    {
        var spec = FieldPath.Root.Child("spec");
        var from = Spec.Ingress.SelectMany((rule, i) => PeerWarnings(rule.From, spec.Child("ingress").Index(i).Child("from")));
        var to = Spec.Egress.SelectMany((rule, i) => PeerWarnings(rule.To, spec.Child("egress").Index(i).Child("to")));
        return from.Concat(to);
    }

    /// <inheritdoc/>
    public IEnumerable<string> UpdateWarnings(ApiObject old) => CreateWarnings();

    /// <inheritdoc/>
    public void Validate(FieldErrors errors) => Spec.Validate(FieldPath.Root.Child("spec"), errors);

    /// <summary>The spec is checked twice, as upstream lists every problem of an update twice.</summary>
    public void ValidateUpdate(ApiObject old, FieldErrors errors)
    {
        ObjectMetaValidation.ValidateCreate(this, Info, errors);
        Validate(errors);
        Validate(errors);
    }

    private static IEnumerable<string> PeerWarnings(ApiList<NetworkPolicyPeer> peers, FieldPath path) =>
        peers.SelectMany((peer, i) => peer.IpBlock?.Warnings(path.Index(i).Child("ipBlock")) ?? []);
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicySpec")]
public sealed partial record NetworkPolicySpec
{
    /// <summary>Pods that the policy is for; all of the namespace when empty.</summary>
    [Field(1, Required = true, Always = true)]
    public LabelSelector PodSelector { get; init; } = LabelSelector.Empty;

    /// <summary>What may reach the pods; nothing when empty.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<NetworkPolicyIngressRule> Ingress { get; init; }

    /// <summary>What the pods may reach; nothing when empty.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<NetworkPolicyEgressRule> Egress { get; init; }

    /// <summary>Which directions the policy is about: Ingress, Egress. Ingress, and Egress if it has egress rules, when left out.</summary>
    [Field(4, ListType = "atomic", Enum = ["Egress", "Ingress"])]
    public ApiList<string> PolicyTypes { get; init; }

    internal NetworkPolicySpec WithDefaults() => this with
    {
        Ingress = Ingress.ConvertAll(static rule => rule with { Ports = rule.Ports.ConvertAll(static port => port.WithDefaults()) }),
        Egress = Egress.ConvertAll(static rule => rule with { Ports = rule.Ports.ConvertAll(static port => port.WithDefaults()) }),
        PolicyTypes = !PolicyTypes.IsEmpty ? PolicyTypes : Egress.IsEmpty ? ["Ingress"] : ["Ingress", "Egress"],
    };

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        PodSelector.Validate(path.Child("podSelector"), errors);
        for (var i = 0; i < Ingress.Count; i++)
        {
            ValidateRule(Ingress[i].Ports, Ingress[i].From, "from", path.Child("ingress").Index(i), errors);
        }

        for (var i = 0; i < Egress.Count; i++)
        {
            ValidateRule(Egress[i].Ports, Egress[i].To, "to", path.Child("egress").Index(i), errors);
        }

        if (PolicyTypes.Count > 2)
        {
            errors.Invalid(path.Child("policyTypes"), GoSyntax.Strings(PolicyTypes, "networking.PolicyType"), "may not specify more than two policyTypes");
            return;
        }

        for (var i = 0; i < PolicyTypes.Count; i++)
        {
            errors.OneOf(path.Child("policyTypes").Index(i), PolicyTypes[i], "Ingress", "Egress");
        }
    }

    private static void ValidateRule(ApiList<NetworkPolicyPort> ports, ApiList<NetworkPolicyPeer> peers, string peersName, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < ports.Count; i++)
        {
            ports[i].Validate(path.Child("ports").Index(i), errors);
        }

        for (var i = 0; i < peers.Count; i++)
        {
            peers[i].Validate(path.Child(peersName).Index(i), errors);
        }
    }
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicyIngressRule")]
public sealed partial record NetworkPolicyIngressRule
{
    /// <summary>Ports that may be reached; all when empty.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<NetworkPolicyPort> Ports { get; init; }

    /// <summary>Who may reach them; everybody when empty.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<NetworkPolicyPeer> From { get; init; }
}

[ApiType("io.k8s.api.networking.v1.NetworkPolicyEgressRule")]
public sealed partial record NetworkPolicyEgressRule
{
    /// <summary>Ports that the pods may reach; all when empty.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<NetworkPolicyPort> Ports { get; init; }

    /// <summary>Whom they may reach; everybody when empty.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<NetworkPolicyPeer> To { get; init; }
}
