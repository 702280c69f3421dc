using System.Numerics;

namespace Petrel.ApiServer.Fairness;

/// <summary>
/// Deals each flow a hand of queues by its hash. Two flows rarely hold the same hand, so that one which floods all its queues
/// leaves nearly every other a free one (KEP-1040, "Assignment to a Queue").
/// </summary>
internal static class ShuffleSharding
{
    /// <summary>Hands up to this size need no more than the hash's bits, which validation ensures.</summary>
    public const int HandSizeMax = 60;

    // Nobody can compute whom a flow will share its queues with.
    private static readonly ulong Seed = BitConverter.ToUInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(ulong)));

    /// <summary>The hash of a flow: a schema and what distinguishes the flow within it.</summary>
    public static ulong Hash(string schema, string distinguisher)
    {
        var hash = Mix(Mix(Seed, schema) ^ (ulong)schema.Length, distinguisher);
        hash ^= hash >> 32;
        hash *= 0xd6e8feb86659fd93;
        return hash ^ (hash >> 32);
    }

    /// <summary>Deals as many cards as the hand takes from a deck of cards 0 to <paramref name="deckSize"/> - 1, none twice.</summary>
    public static void Deal(ulong hash, int deckSize, Span<int> hand)
    {
        for (var dealt = 0; dealt < hand.Length; dealt++)
        {
            // 1. The hash in the number system whose digits count the cards that are left gives the place among those.
            (hash, var place) = Math.DivRem(hash, (ulong)(deckSize - dealt));

            // 2. Cards dealt before, kept in order, are not among them.
            var card = (int)place;
            var at = 0;
            while (at < dealt && hand[at] <= card)
            {
                card++;
                at++;
            }

            hand[at..dealt].CopyTo(hand[(at + 1)..]);
            hand[at] = card;
        }
    }

    private static ulong Mix(ulong hash, string text)
    {
        foreach (var letter in text)
        {
            hash = BitOperations.RotateLeft((hash ^ letter) * 0x9e3779b97f4a7c15, 29);
        }

        return hash;
    }
}
