using System.Net;
using Microsoft.Extensions.Logging;
using Petrel.Dns.Chain;
using Petrel.Dns.Wire;

namespace Petrel.Dns.Listening;

/// <summary>Turns the bytes of a request into the bytes of a reply. What is wrong with a request is said here, once, for all transports.</summary>
internal sealed partial class QueryHandler(DnsStep chain, int udpPayloadBytesMax, ILogger<QueryHandler> logger)
{
    /// <summary>A request with more records than this is not one a resolver sends; the limits are CoreDNS's.</summary>
    private const int AnswersMax = 1;
    private const int AuthorityMax = 1;
    private const int AdditionalMax = 2;

    /// <summary>
    /// Writes the reply into the destination, which must hold what the transport can carry, and returns its length; zero
    /// when the request deserves none: it is no request at all, or too short to be answered.
    /// </summary>
    public async ValueTask<int> AnswerAsync(
        ReadOnlyMemory<byte> request, Memory<byte> destination, DnsTransport transport, SocketAddress? client, CancellationToken cancellationToken)
    {
        if (request.Length < WireLimits.HeaderBytes || DnsMessage.ReadFlags(request.Span).IsResponse)
        {
            return 0;
        }

        (DnsMessage? message, ResponseCode problem) = Read(request.Span);
        if (message is null || problem != ResponseCode.NoError)
        {
            return Reject(request.Span, message, problem, destination.Span);
        }

        DnsQuery query = new(message.Question!.Value, message.Flags, message.Edns, transport, client, chain);
        DnsResponse response = await AnswerAsync(query, cancellationToken).ConfigureAwait(false);
        return Write(message, response, transport, destination.Span);
    }

    private static (DnsMessage? Message, ResponseCode Problem) Read(ReadOnlySpan<byte> request)
    {
        if (DnsMessage.ReadFlags(request).Operation != OperationCode.Query)
        {
            return (null, ResponseCode.NotImplemented);
        }

        if (!HasPlausibleCounts(request) || !DnsMessage.TryParse(request, out DnsMessage? message))
        {
            return (null, ResponseCode.FormatError);
        }

        if (message!.Edns is { Version: > 0 })
        {
            return (message, ResponseCode.BadVersion);
        }

        // Zone transfers would give everything away at once; nothing here is a secondary's primary.
        DnsQuestion question = message.Question!.Value;
        bool isServed = question is { Class: RecordClass.Internet, Type: not (RecordType.Axfr or RecordType.Ixfr) };
        return (message, isServed ? ResponseCode.NoError : ResponseCode.Refused);
    }

    /// <summary>Looks at the counts before anything is read, so that a hostile message costs nothing.</summary>
    private static bool HasPlausibleCounts(ReadOnlySpan<byte> request)
    {
        MessageReader reader = new(request[4..]);
        return reader.TryReadUInt16(out ushort questions)
            && reader.TryReadUInt16(out ushort answers)
            && reader.TryReadUInt16(out ushort authority)
            && reader.TryReadUInt16(out ushort additional)
            && questions == 1
            && answers <= AnswersMax
            && authority <= AuthorityMax
            && additional <= AdditionalMax;
    }

    private async ValueTask<DnsResponse> AnswerAsync(DnsQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await chain(query, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // A bug in a plugin costs one answer, not the server.
            Log.PluginThrew(logger, exception, query.Question);
            return new DnsResponse(ResponseCode.ServerFailure, default);
        }
    }

    private int Reject(ReadOnlySpan<byte> request, DnsMessage? message, ResponseCode code, Span<byte> destination)
    {
        DnsMessage basis = message ?? new DnsMessage(DnsMessage.ReadId(request), DnsMessage.ReadFlags(request), Question: null, default, Edns: null);
        return Write(basis, new DnsResponse(code, default), DnsTransport.Udp, destination);
    }

    private int Write(DnsMessage request, DnsResponse response, DnsTransport transport, Span<byte> destination)
    {
        MessageFlags flags = new()
        {
            IsResponse = true,
            Operation = request.Flags.Operation,
            RecursionDesired = request.Flags.RecursionDesired,
            CheckingDisabled = request.Flags.CheckingDisabled,
            Authoritative = response.Authoritative,
            RecursionAvailable = response.RecursionAvailable,
            AuthenticData = response.AuthenticData,
            Truncated = response.Truncated,
            ResponseCodeLow = (int)response.Code,
        };
        Edns? edns = request.Edns is { } wishes
            ? new Edns((ushort)udpPayloadBytesMax, DnssecOk: wishes.DnssecOk, ResponseCodeHigh: (byte)((int)response.Code >> 4))
            : null;
        int limit = transport == DnsTransport.Tcp ? WireLimits.MessageBytesMax : UdpLimit(request.Edns);
        DnsMessage reply = new(request.Id, flags, request.Question, response.Sections, edns);
        return MessageEncoder.Encode(reply, destination[..Math.Min(limit, destination.Length)]);
    }

    /// <summary>What the client can take, but at least what every client can and at most what is not fragmented on the way.</summary>
    private int UdpLimit(Edns? edns) => edns is { } wishes
        ? Math.Clamp(wishes.UdpPayloadBytes, WireLimits.UdpBytesDefault, udpPayloadBytesMax)
        : WireLimits.UdpBytesDefault;

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A plugin threw for {Question}; the client gets SERVFAIL")]
        public static partial void PluginThrew(ILogger logger, Exception exception, DnsQuestion question);
    }
}
