namespace Petrel.Api.Features;

/// <summary>Booleans as Go's flags read them (strconv.ParseBool).</summary>
public static class GoBoolean
{
    public static bool TryParse(string text, out bool value)
    {
        value = text is "1" or "t" or "T" or "TRUE" or "true" or "True";
        return value || text is "0" or "f" or "F" or "FALSE" or "false" or "False";
    }

    /// <summary>What is said of a text that is no boolean.</summary>
    public static string Error(string text) => $"strconv.ParseBool: parsing \"{text}\": invalid syntax";
}
