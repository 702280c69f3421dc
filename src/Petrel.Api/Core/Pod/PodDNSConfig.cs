using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.PodDNSConfig")]
public sealed partial record PodDNSConfig
{
    /// <summary>Addresses of name servers.</summary>
    [Field(1, ListType = "atomic")]
    public ApiList<string> Nameservers { get; init; }

    /// <summary>Domains in which short names are looked for.</summary>
    [Field(2, ListType = "atomic")]
    public ApiList<string> Searches { get; init; }

    /// <summary>Options of the resolver.</summary>
    [Field(3, ListType = "atomic")]
    public ApiList<PodDNSConfigOption> Options { get; init; }

    private const int NameserversMax = 3;

    private const int SearchesMax = 32;

    private const int SearchCharactersMax = 2048;

    internal void Validate(FieldPath path, FieldErrors errors)
    {
        if (Nameservers.Count > NameserversMax)
        {
            errors.Invalid(path.Child("nameservers"), GoSyntax.Strings(Nameservers), $"must not have more than {NameserversMax} nameservers");
        }

        for (var i = 0; i < Nameservers.Count; i++)
        {
            errors.Address(path.Child("nameservers").Index(i), Nameservers[i]);
        }

        ValidateSearches(path.Child("searches"), errors);
        for (var i = 0; i < Options.Count; i++)
        {
            errors.NotEmpty(path.Child("options").Index(i), Options[i].Name, "must not be empty");
        }
    }

    private void ValidateSearches(FieldPath path, FieldErrors errors)
    {
        if (Searches.Count > SearchesMax)
        {
            errors.Invalid(path, GoSyntax.Strings(Searches), $"must not have more than {SearchesMax} search paths");
        }

        if (NameFormats.Bytes(string.Join(" ", Searches)) > SearchCharactersMax)
        {
            errors.Invalid(path, GoSyntax.Strings(Searches), $"must not have more than {SearchCharactersMax} characters (including spaces) in the search list");
        }

        for (var i = 0; i < Searches.Count; i++)
        {
            if (Searches[i] != ".")
            {
                var name = Searches[i].EndsWith('.') ? Searches[i][..^1] : Searches[i];
                errors.InvalidAll(path.Index(i), name, NameFormats.DnsSubdomainWithUnderscore(name));
            }
        }
    }
}
