using Petrel.Api.Meta;
using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Networking;

[ApiType("io.k8s.api.networking.v1.NetworkPolicyPeer")]
public sealed partial record NetworkPolicyPeer
{
    /// <summary>Pods by their labels; of the policy's namespace unless namespaceSelector says others.</summary>
    [Field(1)]
    public LabelSelector? PodSelector { get; init; }

    /// <summary>Namespaces by their labels; all of their pods unless podSelector says which.</summary>
    [Field(2)]
    public LabelSelector? NamespaceSelector { get; init; }

    /// <summary>Addresses; instead of the others.</summary>
    [Field(3)]
    public IPBlock? IpBlock { get; init; }

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        PodSelector?.Validate(path.Child("podSelector"), errors);
        NamespaceSelector?.Validate(path.Child("namespaceSelector"), errors);
        IpBlock?.Validate(path.Child("ipBlock"), errors);
        var hasSelector = PodSelector is not null || NamespaceSelector is not null;
        if (!hasSelector && IpBlock is null)
        {
            errors.Required(path, "must specify a peer");
        }
        else if (hasSelector && IpBlock is not null)
        {
            errors.Forbidden(path, "may not specify both ipBlock and another peer");
        }
    }
}

[ApiType("io.k8s.api.networking.v1.IPBlock")]
public sealed partial record IPBlock
{
    /// <summary>The range, e.g. 192.168.1.0/24 or 2001:db8::/64.</summary>
    [Field(1, Required = true, Always = true)]
    public string Cidr { get; init; } = "";

    /// <summary>Ranges inside it that do not belong to the block.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Except { get; init; }

    internal IEnumerable<string> Warnings(FieldPath path) => AddressWarnings.OfRange(path.Child("cidr"), Cidr)
        .Concat(Except.SelectMany((range, i) => AddressWarnings.OfRange(path.Child("except").Index(i), range)));

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (!errors.NotEmpty(path.Child("cidr"), Cidr))
        {
            return;
        }

        errors.InvalidAll(path.Child("cidr"), Cidr, AddressFormats.Range(Cidr));
        if (AddressFormats.ParseRange(Cidr) is not { } whole)
        {
            return;
        }

        for (var i = 0; i < Except.Count; i++)
        {
            var exceptPath = path.Child("except").Index(i);
            errors.InvalidAll(exceptPath, Except[i], AddressFormats.Range(Except[i]));
            if (AddressFormats.ParseRange(Except[i]) is { } part
                && (part.PrefixLength <= whole.PrefixLength
                    || !AddressFormats.Network(part.Address, whole.PrefixLength).Equals(AddressFormats.Network(whole.Address, whole.PrefixLength))))
            {
                errors.Invalid(exceptPath, Except[i], "must be a strict subset of `cidr`");
            }
        }
    }
}
