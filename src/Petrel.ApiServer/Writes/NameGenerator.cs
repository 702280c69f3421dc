using System.Security.Cryptography;

namespace Petrel.ApiServer.Writes;

/// <summary>Makes names from metadata.generateName: the prefix, cut to fit, and five random characters.</summary>
internal static class NameGenerator
{
    private const int NameLengthMax = 63;
    private const int SuffixLength = 5;

    /// <summary>No vowels and no digits that look like letters, so that no words come out.</summary>
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Generate(string prefix)
    {
        var head = prefix.Length > NameLengthMax - SuffixLength ? prefix[..(NameLengthMax - SuffixLength)] : prefix;
        return head + RandomNumberGenerator.GetString(Alphabet, SuffixLength);
    }
}
