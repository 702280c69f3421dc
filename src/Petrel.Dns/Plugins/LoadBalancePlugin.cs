using System.Collections.Immutable;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Plugins;

/// <summary>
/// Shuffles the addresses of every answer, because most clients take the first. Other records keep their place, so that an
/// alias stays ahead of its target's addresses.
/// </summary>
public sealed class LoadBalancePlugin : IDnsPlugin
{
    public string Name => "loadbalance";

    public async ValueTask<DnsResponse> AnswerAsync(DnsQuery query, DnsStep next, CancellationToken cancellationToken)
    {
        DnsResponse response = await next(query, cancellationToken).ConfigureAwait(false);
        MessageSections sections = response.Sections;
        if (sections.Answers.Length < 2 && sections.Additional.Length < 2)
        {
            return response;
        }

        return response with
        {
            Sections = new MessageSections
            {
                Answers = Shuffle(sections.Answers),
                Authority = sections.Authority,
                Additional = Shuffle(sections.Additional),
            },
        };
    }

    private static ImmutableArray<ResourceRecord> Shuffle(ImmutableArray<ResourceRecord> records)
    {
        ResourceRecord[] addresses = [.. records.Where(IsAddress)];
        if (addresses.Length < 2)
        {
            return records;
        }

        Random.Shared.Shuffle(addresses);
        int next = 0;
        return [.. records.Select(record => IsAddress(record) ? addresses[next++] : record)];
    }

    private static bool IsAddress(ResourceRecord record) => record.Type is RecordType.A or RecordType.Aaaa or RecordType.MX;
}
