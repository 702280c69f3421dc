using System.Buffers.Binary;
using System.Text;

namespace Petrel.Streams.Spdy;

/// <summary>The text that header compression starts from (SPDY/3.1 section 2.6.10.1): both ends must know the same bytes.</summary>
internal static class SpdyDictionary
{
    /// <summary>Each with its length in four bytes before it.</summary>
    private const string Words =
        "options,head,post,put,delete,trace,accept,accept-charset,accept-encoding,accept-language,accept-ranges,age," +
        "allow,authorization,cache-control,connection,content-base,content-encoding,content-language,content-length," +
        "content-location,content-md5,content-range,content-type,date,etag,expect,expires,from,host,if-match," +
        "if-modified-since,if-none-match,if-range,if-unmodified-since,last-modified,location,max-forwards,pragma," +
        "proxy-authenticate,proxy-authorization,range,referer,retry-after,server,te,trailer,transfer-encoding,upgrade," +
        "user-agent,vary,via,warning,www-authenticate,method,get,status,200 OK,version,HTTP/1.1,url,public,set-cookie," +
        "keep-alive,origin";

    /// <summary>Follows the words as it is.</summary>
    private const string Tail =
        "100101201202205206300302303304305306307402405406407408409410411412413414415416417502504505" +
        "203 Non-Authoritative Information204 No Content301 Moved Permanently400 Bad Request401 Unauthorized" +
        "403 Forbidden404 Not Found500 Internal Server Error501 Not Implemented503 Service Unavailable" +
        "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec 00:00:00 Mon, Tue, Wed, Thu, Fri, Sat, Sun, GMT" +
        "chunked,text/html,image/png,image/jpg,image/gif,application/xml,application/xhtml+xml,text/plain," +
        "text/javascript,publicprivatemax-age=gzip,deflate,sdchcharset=utf-8charset=iso-8859-1,utf-,*,enq=0.";

    public static ReadOnlyMemory<byte> Bytes { get; } = Build();

    /// <summary>Names the dictionary in the zlib header (RFC 1950 section 2.2, DICTID).</summary>
    public static uint Adler32 { get; } = ComputeAdler32(Bytes.Span);

    private static byte[] Build()
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var word in Words.Split(','))
        {
            BinaryPrimitives.WriteInt32BigEndian(length, word.Length);
            bytes.Write(length);
            bytes.Write(Encoding.ASCII.GetBytes(word));
        }

        bytes.Write(Encoding.ASCII.GetBytes(Tail));
        return bytes.ToArray();
    }

    private static uint ComputeAdler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        uint low = 1;
        uint high = 0;
        foreach (var value in bytes)
        {
            low = (low + value) % Modulus;
            high = (high + low) % Modulus;
        }

        return (high << 16) | low;
    }
}
