using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Schema;

namespace Petrel.Controllers.Deployments;

/// <summary>
/// The pod-template-hash that names a Deployment's ReplicaSets: FNV-1a of the template and the collision count, spelled with
/// letters that make no words. It is upstream's to the letter, so that names known from another cluster are met again here;
/// nothing depends on that, as templates are compared field by field to find their set.
/// </summary>
internal static class PodTemplateHash
{
    /// <summary>Label that holds the hash.</summary>
    public const string Label = "pod-template-hash";

    // Digits and consonants without 0, 1, 3: apimachinery's safe characters.
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    public static string Of(PodTemplateSpec template, int? collisionCount)
    {
        var hash = Fnv32(2166136261, Encoding.UTF8.GetBytes(GoDump.Of(template)));
        if (collisionCount is { } count)
        {
            Span<byte> bytes = stackalloc byte[8];
            BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)count);
            hash = Fnv32(hash, bytes);
        }

        return SafeEncode(hash.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>The templates are the same but for the hash label, which the controller adds itself.</summary>
    public static bool SameTemplate(PodTemplateSpec left, PodTemplateSpec right) => WithoutHash(left) == WithoutHash(right);

    /// <summary>The ReplicaSet is of the Deployment's current template.</summary>
    public static bool IsCurrent(Deployment deployment, ReplicaSet set) => SameTemplate(set.Spec.Template, deployment.Spec.Template);

    /// <summary>Each character replaced by one of the alphabet, by its code.</summary>
    public static string SafeEncode(string text) => string.Create(text.Length, text, static (result, source) =>
    {
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = Alphabet[source[i] % Alphabet.Length];
        }
    });

    private static PodTemplateSpec WithoutHash(PodTemplateSpec template) =>
        template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.Without(Label) } };

    private static uint Fnv32(uint hash, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            hash = unchecked((hash ^ value) * 16777619);
        }

        return hash;
    }
}
