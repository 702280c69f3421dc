using Petrel.Metrics;

namespace Petrel.ApiServer.CustomResources.Conversion;

/// <summary>Conversions of the objects of one definition, from one version to another.</summary>
internal readonly record struct DefinitionConversionLabels(string CrdName, string FromVersion, string ToVersion, string Succeeded) : ILabels<DefinitionConversionLabels>
{
    public static IReadOnlyList<string> Names { get; } = ["crd_name", "from_version", "to_version", "succeeded"];

    public IReadOnlyList<string> Values() => [CrdName, FromVersion, ToVersion, Succeeded];
}
