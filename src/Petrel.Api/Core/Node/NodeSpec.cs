using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.NodeSpec")]
public sealed partial record NodeSpec
{
    /// <summary>Addresses for the node's pods.</summary>
    [Field(1)]
    public string PodCIDR { get; init; } = "";

    /// <summary>Addresses for the node's pods: at most one range for IPv4 and one for IPv6, the first being podCIDR.</summary>
    [Field(7, ListType = "set", PatchStrategy = "merge")]
    public ApiList<string> PodCIDRs { get; init; }

    /// <summary>Identity of the machine at the cloud, as PROVIDER://ID.</summary>
    [Field(3)]
    public string ProviderID { get; init; } = "";

    /// <summary>No new pods are put on the node.</summary>
    [Field(4)]
    public bool Unschedulable { get; init; }

    /// <summary>What keeps pods without a matching toleration away.</summary>
    [Field(5, ListType = "atomic")]
    public ApiList<Taint> Taints { get; init; }

    /// <summary>No longer in use.</summary>
    [Field(6)]
    public NodeConfigSource? ConfigSource { get; init; }

    /// <summary>No longer in use.</summary>
    [Field(2)]
    public string ExternalID { get; init; } = "";

    /// <summary>The one range and the list of ranges agree; where they differ, the one range counts.</summary>
    internal NodeSpec WithDefaults()
    {
        ApiList<string> ranges = PodCIDR.Length != 0 && (PodCIDRs.IsEmpty || PodCIDRs[0] != PodCIDR) ? [PodCIDR] : PodCIDRs;
        return this with { PodCIDRs = ranges, PodCIDR = ranges.IsEmpty ? "" : ranges[0] };
    }

    internal void ValidateRanges(FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < PodCIDRs.Count; i++)
        {
            errors.InvalidAll(path.Index(i), PodCIDRs[i], AddressFormats.Range(PodCIDRs[i]));
        }

        if (PodCIDRs.Count > 1)
        {
            ValidateFamilies(path, errors);
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < PodCIDRs.Count; i++)
        {
            if (!seen.Add(PodCIDRs[i]))
            {
                errors.Duplicate(path.Index(i), PodCIDRs[i]);
            }
        }
    }

    private void ValidateFamilies(FieldPath path, FieldErrors errors)
    {
        var unknown = PodCIDRs.TakeWhile(static range => AddressFormats.ParseRange(range) is not null).Count();
        if (unknown < PodCIDRs.Count)
        {
            errors.Internal(path, $"invalid PodCIDRs. failed to check with dual stack with error:invalid CIDR[{unknown}]: <nil> (invalid CIDR address: {PodCIDRs[unknown]})");
        }
        else if (AddressFormats.AreOfDifferentFamilies(PodCIDRs.Select(static range => range.Contains(':', StringComparison.Ordinal))))
        {
            return;
        }

        errors.Invalid(path, GoSyntax.Strings(PodCIDRs), "may specify no more than one CIDR for each IP family");
    }

    /// <summary>What is given to a node once stays with it.</summary>
    internal void ValidateUpdate(NodeSpec old, FieldPath path, FieldErrors errors)
    {
        if (!old.PodCIDRs.IsEmpty && PodCIDRs != old.PodCIDRs)
        {
            errors.Forbidden(path.Child("podCIDRs"), "node updates may not change podCIDR except from \"\" to valid");
        }

        if (old.ProviderID.Length != 0 && ProviderID != old.ProviderID)
        {
            errors.Forbidden(path.Child("providerID"), "node updates may not change providerID except from \"\" to valid");
        }
    }
}
