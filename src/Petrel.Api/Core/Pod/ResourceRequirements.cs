using Petrel.Api.Schema;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ResourceRequirements")]
public sealed partial record ResourceRequirements
{
    /// <summary>Most that may be used, by resource.</summary>
    [Field(1)]
    public ApiMap<Quantity> Limits { get; init; }

    /// <summary>Amounts that are set aside, by resource; the limits when left out.</summary>
    [Field(2)]
    public ApiMap<Quantity> Requests { get; init; }

    /// <summary>Claims of the pod that the container uses.</summary>
    [Field(3, ListType = "map", MapKeys = "name")]
    public ApiList<ResourceClaim> Claims { get; init; }

    internal ResourceRequirements WithDefaults() => this with
    {
        Limits = Limits.WithDefaults(),
        Requests = Requests.WithDefaults(),
    };

    /// <summary>A limit without a request is also the request.</summary>
    internal ResourceRequirements WithRequestsFromLimits()
    {
        var requests = Requests;
        foreach (var (name, limit) in Limits)
        {
            if (!requests.ContainsKey(name))
            {
                requests = requests.With(name, limit);
            }
        }

        return requests.Count == Requests.Count ? this : this with { Requests = requests };
    }

    /// <param name="validateName">Which resources there may be; those of containers when left out.</param>
    internal void Validate(IReadOnlyList<string> claimNames, FieldPath path, FieldErrors errors, Action<string, FieldPath, FieldErrors>? validateName = null)
    {
        validateName ??= ResourceNames.ValidateForContainer;
        foreach (var (name, limit) in Limits)
        {
            ValidateAmount(name, limit, path.Child("limits").Key(name), validateName, errors);
        }

        foreach (var (name, request) in Requests)
        {
            ValidateRequest(name, request, path, validateName, errors);
        }

        var names = Limits.Keys.Concat(Requests.Keys).ToArray();
        if (names.Any(ResourceNames.IsHugePages) && !names.Any(static name => name is "cpu" or "memory"))
        {
            errors.Forbidden(path, "HugePages require cpu or memory");
        }

        ValidateClaims(claimNames, path.Child("claims"), errors);
    }

    private void ValidateRequest(string name, Quantity request, FieldPath path, Action<string, FieldPath, FieldErrors> validateName, FieldErrors errors)
    {
        var requests = path.Child("requests");
        validateName(name, requests.Key(name), errors);
        ResourceNames.ValidateAmount(name, request, requests.Key(name), errors);
        if (!Limits.TryGetValue(name, out var limit))
        {
            if (!ResourceNames.IsOvercommitAllowed(name))
            {
                errors.Required(path.Child("limits"), "Limit must be set for non overcommitable resources");
            }
        }
        else if (request != limit && !ResourceNames.IsOvercommitAllowed(name))
        {
            errors.Invalid(requests, request.ToString(), $"must be equal to {name} limit of {limit}");
        }
        else if (request > limit)
        {
            errors.Invalid(requests, request.ToString(), $"must be less than or equal to {name} limit of {limit}");
        }

        ValidateHugePages(name, request, requests.Key(name), errors);
    }

    private static void ValidateAmount(string name, Quantity amount, FieldPath path, Action<string, FieldPath, FieldErrors> validateName, FieldErrors errors)
    {
        validateName(name, path, errors);
        ResourceNames.ValidateAmount(name, amount, path, errors);
        ValidateHugePages(name, amount, path, errors);
    }

    private static void ValidateHugePages(string name, Quantity amount, FieldPath path, FieldErrors errors)
    {
        if (ResourceNames.IsHugePages(name) && Quantity.TryParse(name.AsSpan(ResourceNames.HugePagesPrefix.Length), out var page) && page.Value != 0 && amount.Value % page.Value != 0)
        {
            errors.Invalid(path, amount.ToString(), $"{amount} is not positive integer multiple of {name}");
        }
    }

    private void ValidateClaims(IReadOnlyList<string> claimNames, FieldPath path, FieldErrors errors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < Claims.Count; i++)
        {
            var name = Claims[i].Name;
            if (!errors.NotEmpty(path.Index(i), name))
            {
                continue;
            }

            if (!names.Add(Claims[i].Request.Length == 0 ? name : $"{name}/{Claims[i].Request}"))
            {
                errors.Duplicate(path.Index(i), name);
            }

            if (!claimNames.Contains(name))
            {
                errors.NotFound(path.Index(i), name);
            }
        }
    }
}
