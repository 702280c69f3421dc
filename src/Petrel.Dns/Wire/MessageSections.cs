using System.Collections.Immutable;

namespace Petrel.Dns.Wire;

/// <summary>The three record sections of a message (RFC 1035 section 4.1). An OPT record is never among them; the default value is empty.</summary>
public readonly struct MessageSections
{
    public ImmutableArray<ResourceRecord> Answers { get => field.IsDefault ? [] : field; init; }

    public ImmutableArray<ResourceRecord> Authority { get => field.IsDefault ? [] : field; init; }

    public ImmutableArray<ResourceRecord> Additional { get => field.IsDefault ? [] : field; init; }

    /// <summary>The same records, each changed by a function that gets the record and an argument.</summary>
    public MessageSections Select<TArgument>(TArgument argument, Func<ResourceRecord, TArgument, ResourceRecord> change) => new()
    {
        Answers = Select(Answers, argument, change),
        Authority = Select(Authority, argument, change),
        Additional = Select(Additional, argument, change),
    };

    private static ImmutableArray<ResourceRecord> Select<TArgument>(
        ImmutableArray<ResourceRecord> records, TArgument argument, Func<ResourceRecord, TArgument, ResourceRecord> change)
    {
        if (records.IsEmpty)
        {
            return records;
        }

        ImmutableArray<ResourceRecord>.Builder changed = ImmutableArray.CreateBuilder<ResourceRecord>(records.Length);
        foreach (ResourceRecord record in records)
        {
            changed.Add(change(record, argument));
        }

        return changed.MoveToImmutable();
    }
}
