using System.Security.Cryptography;
using System.Text;
using Petrel.ApiServer.OpenApi.Model;

namespace Petrel.ApiServer.OpenApi.Formats;

/// <summary>Parameters that many operations have: OpenAPI 2.0 says them once and refers to them by name.</summary>
internal sealed class SharedParameters
{
    private readonly Dictionary<Parameter, string> _names;

    private SharedParameters(IEnumerable<Parameter> shared) => _names = shared.ToDictionary(parameter => parameter, NameOf);

    /// <summary>In the order of their names.</summary>
    public IEnumerable<KeyValuePair<string, Parameter>> All =>
        _names.OrderBy(each => each.Value, StringComparer.Ordinal).Select(each => KeyValuePair.Create(each.Value, each.Key));

    public static SharedParameters Of(Document document) => new(document.Paths
        .SelectMany(path => path.Parameters.Concat(path.Operations.SelectMany(operation => operation.Parameters)))
        .GroupBy(parameter => parameter)
        .Where(uses => uses.Skip(1).Any())
        .Select(uses => uses.Key));

    /// <summary>Name under which a parameter is shared; null when it is not.</summary>
    public string? Find(Parameter parameter) => _names.GetValueOrDefault(parameter);

    // Parameters of one name may differ in what they mean.
    private static string NameOf(Parameter parameter) =>
        parameter.Name + "-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{parameter.In}\n{parameter.Type}\n{parameter.Description}")).AsSpan(0, 4));
}
