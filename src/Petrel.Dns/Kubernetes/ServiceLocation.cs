using Petrel.Dns.Wire;

namespace Petrel.Dns.Kubernetes;

/// <summary>Makes SRV answers (RFC 2782): one record for every target and port, and the targets' addresses beside them.</summary>
internal static class ServiceLocation
{
    private const ushort Priority = 0;
    private const int WeightSum = 100;

    /// <summary>Weights are equal shares of 100 and at least 1, as CoreDNS gives them.</summary>
    public static MessageSections Answer(DnsName name, IEnumerable<ServiceTarget> targets, uint ttlSeconds)
    {
        ServiceTarget[] all = [.. targets];
        if (all.Length == 0)
        {
            return default;
        }

        ushort weight = (ushort)Math.Max(1, WeightSum / all.Length);
        return new MessageSections
        {
            Answers =
            [
                .. all.Where(target => target.Port is not null)
                    .Select(target => (target.Address.Name, target.Port!.Port))
                    .Distinct()
                    .Select(target => RecordData.Srv(name, ttlSeconds, Priority, weight, target.Port, target.Name)),
            ],
            Additional = [.. all.Where(target => target.Port is not null).Select(target => target.Address).Distinct()],
        };
    }
}
