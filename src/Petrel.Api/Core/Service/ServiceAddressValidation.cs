using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of a service's own addresses and their families; what can be allocated is the server's to say.</summary>
internal static class ServiceAddressValidation
{
    private const int AddressesMax = 2;

    public static void Validate(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.Type == "ExternalName")
        {
            return;
        }

        var before = errors.Count;
        ValidateAgreement(spec, path.Child("clusterIPs"), errors);
        ValidateFamilies(spec, path, errors);
        if (!ValidateAddresses(spec, path.Child("clusterIPs"), errors))
        {
            return;
        }

        if (spec.ClusterIPs.Count > 1 && !AddressFormats.AreOfDifferentFamilies(spec.ClusterIPs.Select(AddressFormats.IsIPv6)))
        {
            errors.Invalid(path.Child("clusterIPs"), GoSyntax.Strings(spec.ClusterIPs), "may specify no more than one IP for each IP family");
        }

        for (var i = 0; i < Math.Min(spec.ClusterIPs.Count, spec.IpFamilies.Count) && errors.Count == before; i++)
        {
            var family = AddressFormats.IsIPv6(spec.ClusterIPs[i]) ? "IPv6" : "IPv4";
            if (spec.ClusterIPs[i] != "None" && spec.IpFamilies[i] != family)
            {
                errors.Invalid(path.Child("clusterIPs").Index(i), spec.ClusterIPs[i], $"expected an {spec.IpFamilies[i]} value as indicated by `ipFamilies[{i}]`");
            }
        }
    }

    /// <summary>An address stays while the service has one; a second one may come and, with the policy to match, go.</summary>
    public static void ValidateUpdate(ServiceSpec spec, ServiceSpec old, FieldPath path, FieldErrors errors)
    {
        if (!spec.NeedsClusterIP || !old.NeedsClusterIP || old.ClusterIPs.IsEmpty)
        {
            return;
        }

        var addresses = path.Child("clusterIPs");
        if (spec.ClusterIPs.IsEmpty || spec.ClusterIPs[0] != old.ClusterIPs[0])
        {
            errors.Invalid(addresses.Index(0), GoSyntax.Strings(spec.ClusterIPs), "may not change once set");
        }

        if (old.ClusterIPs.Count > 1 && spec.ClusterIPs.Count > 1 && spec.ClusterIPs[1] != old.ClusterIPs[1])
        {
            errors.Invalid(addresses.Index(1), GoSyntax.Strings(spec.ClusterIPs), "may not change once set");
        }

        if (old.ClusterIPs.Count > 1 && spec.ClusterIPs.Count == 1 && spec.IpFamilyPolicy != "SingleStack")
        {
            errors.Invalid(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "must be set to 'SingleStack' when releasing the secondary clusterIP");
        }
    }

    private static void ValidateAgreement(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        if (spec.ClusterIP.Length == 0)
        {
            if (!spec.ClusterIPs.IsEmpty)
            {
                errors.Invalid(path, GoSyntax.Strings(spec.ClusterIPs), "must be empty when `clusterIP` is not specified");
            }
        }
        else if (spec.ClusterIPs.IsEmpty)
        {
            errors.Required(path);
        }
        else if (spec.ClusterIPs[0] != spec.ClusterIP)
        {
            errors.Invalid(path, GoSyntax.Strings(spec.ClusterIPs), "first value must match `clusterIP`");
        }
    }

    private static void ValidateFamilies(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.IpFamilies.Count; i++)
        {
            errors.OneOf(path.Child("ipFamilies").Index(i), spec.IpFamilies[i], "IPv4", "IPv6");
            if (!seen.Add(spec.IpFamilies[i]))
            {
                errors.Duplicate(path.Child("ipFamilies").Index(i), spec.IpFamilies[i]);
            }
        }

        if (spec.IpFamilyPolicy is not null)
        {
            errors.OneOf(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, "PreferDualStack", "RequireDualStack", "SingleStack");
        }
    }

    private static bool ValidateAddresses(ServiceSpec spec, FieldPath path, FieldErrors errors)
    {
        var before = errors.Count;
        for (var i = 0; i < spec.ClusterIPs.Count; i++)
        {
            if (i > 0 || spec.ClusterIPs[i] != "None")
            {
                errors.Address(path.Index(i), spec.ClusterIPs[i]);
            }
            else if (spec.ClusterIPs.Count > 1)
            {
                errors.Invalid(path, GoSyntax.Strings(spec.ClusterIPs), "'None' must be the first and only value");
            }
        }

        if (spec.ClusterIPs.Count > AddressesMax)
        {
            errors.Invalid(path, GoSyntax.Strings(spec.ClusterIPs), $"may only hold up to {AddressesMax} values");
        }

        return errors.Count == before;
    }
}
