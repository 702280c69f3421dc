using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The rules of a service's own addresses and their families; what can be allocated is the server's to say.</summary>
internal static class ServiceAddressValidation
{
    private const int AddressesMax = 2;

    private const string OnceSet = "may not change once set";

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
        var (isHeadless, wasHeadless) = (spec.IsOnlyHeadless, old.IsOnlyHeadless);
        if (spec.Type == "ExternalName" || old.Type == "ExternalName" || (isHeadless && wasHeadless))
        {
            return;
        }

        var (addresses, shown) = (path.Child("clusterIPs"), GoSyntax.Strings(spec.ClusterIPs));
        if (old.ClusterIPs.Count > spec.ClusterIPs.Count && spec.ClusterIPs.IsEmpty)
        {
            errors.Invalid(addresses.Index(0), shown, "primary clusterIP can not be unset");
        }

        foreach (var i in Changed(spec.ClusterIPs, old.ClusterIPs))
        {
            errors.Invalid(addresses.Index(i), shown, OnceSet);
        }

        ValidateRelease(spec, spec.ClusterIPs, old.ClusterIPs, "clusterIP", path, errors);
        if (!isHeadless && !wasHeadless)
        {
            ValidateFamiliesUpdate(spec, old, path, errors);
        }
    }

    // Upstream shows every problem at the first family, and the addresses where the number of families changes.
    private static void ValidateFamiliesUpdate(ServiceSpec spec, ServiceSpec old, FieldPath path, FieldErrors errors)
    {
        var (first, shown) = (path.Child("ipFamilies").Index(0), GoSyntax.Strings(spec.IpFamilies, "core.IPFamily"));
        if (old.IpFamilies.Count > spec.IpFamilies.Count && spec.ClusterIPs.IsEmpty)
        {
            errors.Invalid(first, shown, "primary ipFamily can not be unset");
        }

        foreach (var _ in Changed(spec.IpFamilies, old.IpFamilies))
        {
            errors.Invalid(first, spec.IpFamilies.Count == old.IpFamilies.Count ? shown : GoSyntax.Strings(spec.ClusterIPs), OnceSet);
        }

        ValidateRelease(spec, spec.IpFamilies, old.IpFamilies, "ipFamily", path, errors);
    }

    private static void ValidateRelease(ServiceSpec spec, ApiList<string> values, ApiList<string> old, string what, FieldPath path, FieldErrors errors)
    {
        if (old.Count > values.Count && values.Count == 1 && spec.IpFamilyPolicy != "SingleStack")
        {
            errors.Invalid(path.Child("ipFamilyPolicy"), spec.IpFamilyPolicy, $"must be set to 'SingleStack' when releasing the secondary {what}");
        }
    }

    // Where one was added or taken, only the first is compared.
    private static IEnumerable<int> Changed(ApiList<string> values, ApiList<string> old) =>
        Enumerable.Range(0, values.Count == old.Count ? old.Count : Math.Min(1, Math.Min(values.Count, old.Count))).Where(i => values[i] != old[i]);

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
