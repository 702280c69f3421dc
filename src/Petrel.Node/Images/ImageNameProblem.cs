namespace Petrel.Node.Images;

/// <summary>What is wrong with text that is no image name, in the words of the grammar's reference implementation.</summary>
internal static class ImageNameProblem
{
    public static string Of(string name)
    {
        const string Invalid = "invalid reference format";
        if (name.Length == 64 && name.All(char.IsAsciiHexDigitLower))
        {
            return $"invalid repository name ({name}), cannot specify 64-byte hexadecimal strings";
        }

        var lower = name.ToLowerInvariant();
        return lower != name && Petrel.Api.Core.ImageReference.Parse(lower) is { } reference
            ? $"{Invalid}: repository name ({RepositoryOf(name, reference)}) must be lowercase"
            : Invalid;
    }

    private static string RepositoryOf(string name, Petrel.Api.Core.ImageReference lower)
    {
        var start = name.ToLowerInvariant().LastIndexOf(lower.Repository, StringComparison.Ordinal);
        return start < 0 ? "library/" + name.Split(':', '@')[0] : name.Substring(start, lower.Repository.Length);
    }
}
