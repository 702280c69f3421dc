using System.Net;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>
/// Which IP families a service gets on a cluster that has one or both of them (kubernetes.io, "IPv4/IPv6 dual-stack"):
/// fills in ipFamilyPolicy and ipFamilies, and says what the cluster cannot give.
/// </summary>
public static class ServiceFamilies
{
    private const string Single = "SingleStack";
    private const string Prefer = "PreferDualStack";
    private const string Require = "RequireDualStack";

    private static readonly FieldPath Spec = FieldPath.Root.Child("spec");

    /// <param name="old">Null for a new service.</param>
    /// <param name="configured">The families of the cluster's service ranges; the first is the default.</param>
    /// <param name="errors">When something is added, the result is not to be used.</param>
    public static ServiceSpec Resolve(ServiceSpec spec, ServiceSpec? old, IReadOnlyList<string> configured, FieldErrors errors)
    {
        if (!spec.NeedsClusterIP || IsUnchangedPreference(spec, old))
        {
            return spec;
        }

        // A policy that was not given is never a wish to change the number of families.
        spec = spec with { IpFamilyPolicy = spec.IpFamilyPolicy ?? old?.IpFamilyPolicy ?? (IsHeadlessWithoutSelector(spec) ? Require : Single) };
        ServiceAddressValidation.Validate(spec, Spec, errors);
        if (errors.Count > 0)
        {
            return spec;
        }

        spec = old is null ? spec : Reduce(spec, old, errors);
        ValidateCount(spec, errors);
        spec = InferFamilies(spec, configured, errors);
        if (errors.Count > 0)
        {
            return spec;
        }

        // Endpoints of such a service are written by hand, in any family.
        if (IsHeadlessWithoutSelector(spec))
        {
            return WithSecond(WithDefault(spec, configured));
        }

        ValidateConfigured(spec, configured, errors);
        spec = WithDefault(spec, configured);
        return configured.Count > 1 ? WithSecond(spec) : spec;
    }

    /// <summary>"IPv4" or "IPv6".</summary>
    public static string FamilyOf(string address) => AddressFormats.IsIPv6(address) ? "IPv6" : "IPv4";

    /// <summary>An address as services write it: leading zeros of IPv4 are decimal. Null when it is none.</summary>
    public static IPAddress? AddressOf(string text) => AddressFormats.Parse(text);

    private static bool IsHeadlessWithoutSelector(ServiceSpec spec) => spec.ClusterIP == "None" && spec.Selector.IsEmpty;

    // A service that prefers two families stays as it is when the cluster gains or loses one, until somebody changes it.
    private static bool IsUnchangedPreference(ServiceSpec spec, ServiceSpec? old) =>
        old is not null && spec.Type == old.Type && spec.IpFamilyPolicy == Prefer && old.IpFamilyPolicy == Prefer
        && spec.ClusterIPs == old.ClusterIPs && spec.IpFamilies == old.IpFamilies;

    private static ServiceSpec Reduce(ServiceSpec spec, ServiceSpec old, FieldErrors errors)
    {
        if (spec.IpFamilyPolicy == Single)
        {
            return spec with
            {
                ClusterIPs = spec.ClusterIPs.Count > 1 && spec.ClusterIPs == old.ClusterIPs ? [spec.ClusterIPs[0]] : spec.ClusterIPs,
                IpFamilies = spec.IpFamilies.Count > 1 && spec.IpFamilies == old.IpFamilies ? [spec.IpFamilies[0]] : spec.IpFamilies,
            };
        }

        if (IsReduced(spec.ClusterIPs, old.ClusterIPs))
        {
            errors.Invalid(Spec.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary cluster IP");
        }

        if (IsReduced(spec.IpFamilies, old.IpFamilies))
        {
            errors.Invalid(Spec.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "must be 'SingleStack' to release the secondary IP family");
        }

        return spec;
    }

    private static bool IsReduced(ApiList<string> now, ApiList<string> before) => before.Count == 2 && now.Count == 1 && now[0] == before[0];

    private static void ValidateCount(ServiceSpec spec, FieldErrors errors)
    {
        if (spec.IpFamilyPolicy != Single)
        {
            return;
        }

        if (spec.ClusterIPs.Count == 2)
        {
            errors.Invalid(Spec.Child("ipFamilyPolicy"), Single, "must be 'RequireDualStack' or 'PreferDualStack' when multiple cluster IPs are specified");
        }

        if (spec.IpFamilies.Count == 2)
        {
            errors.Invalid(Spec.Child("ipFamilyPolicy"), Single, "must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified");
        }
    }

    private static ServiceSpec InferFamilies(ServiceSpec spec, IReadOnlyList<string> configured, FieldErrors errors)
    {
        if (spec.IsHeadless)
        {
            return spec;
        }

        var families = spec.IpFamilies.ToList();
        for (var i = families.Count; i < spec.ClusterIPs.Count; i++)
        {
            var family = FamilyOf(spec.ClusterIPs[i]);
            families.Add(family);
            if (!configured.Contains(family))
            {
                errors.Invalid(Spec.Child("clusterIPs").Index(i), spec.ClusterIPs, $"{family} is not configured on this cluster");
            }
        }

        return families.Count == spec.IpFamilies.Count ? spec : spec with { IpFamilies = [.. families] };
    }

    private static void ValidateConfigured(ServiceSpec spec, IReadOnlyList<string> configured, FieldErrors errors)
    {
        if (spec.IpFamilyPolicy == Require && configured.Count < 2)
        {
            errors.Invalid(Spec.Child("ipFamilyPolicy"), Require, "this cluster is not configured for dual-stack services");
        }

        for (var i = 0; i < spec.IpFamilies.Count; i++)
        {
            if (!configured.Contains(spec.IpFamilies[i]))
            {
                errors.Invalid(Spec.Child("ipFamilies").Index(i), spec.IpFamilies[i], "not configured on this cluster");
            }
        }
    }

    private static ServiceSpec WithDefault(ServiceSpec spec, IReadOnlyList<string> configured) =>
        spec.IpFamilies.IsEmpty ? spec with { IpFamilies = [configured[0]] } : spec;

    private static ServiceSpec WithSecond(ServiceSpec spec) => spec.IpFamilyPolicy != Single && spec.IpFamilies.Count == 1
        ? spec with { IpFamilies = [spec.IpFamilies[0], spec.IpFamilies[0] == "IPv4" ? "IPv6" : "IPv4"] }
        : spec;
}
