using System.Globalization;
using System.Text;
using Petrel.Api.Json;

namespace Petrel.Api.Yaml;

/// <summary>Keys of YAML mappings have types; names of JSON objects are strings.</summary>
internal static class YamlKey
{
    public static string ToName(object key) => key switch
    {
        bool value => value ? "true" : "false",
        double value => Real(value) is var text && double.IsNaN(value) ? ".nan" : double.IsInfinity(value) ? (value > 0 ? ".inf" : "-.inf") : text,
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        _ => (string)key,
    };

    /// <summary>The key as error messages print it: strings in quotes.</summary>
    public static string Describe(object key) => key switch
    {
        string text => Encoding.UTF8.GetString(new JsonText(text).ToUtf8()),
        double value => double.IsNaN(value) ? "NaN" : double.IsInfinity(value) ? (value > 0 ? "+Inf" : "-Inf") : RealText.Format(value),
        _ => ToName(key),
    };

    // Keys that are fractions are printed in single precision.
    private static string Real(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
